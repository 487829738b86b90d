"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import { useLoad } from "@/lib/client/use-load";
import type { AlertDeliveries } from "@/lib/contracts/alerts";
import { findAlertDeliveries } from "./alert-api";
import { AlertFailure } from "./alert-failure";
import { AlertLogRow } from "./alert-log-row";
import { SettingsSection } from "./settings-section";

/** While something is on its way, one looks again. */
const lookEveryMs = 5_000;

/** Every message that went out, or tried to; read again with each `version`. */
export function AlertLog({ version }: { version: number }) {
  const translate = useTranslations("alerts.settings");
  const [loaded, reload] = useLoad(String(version), (signal) => findAlertDeliveries(null, signal));
  const [latest, setLatest] = useState(loaded);
  if (loaded.state !== "loading" && loaded !== latest) setLatest(loaded);
  const page = latest.state === "ready" ? latest.value : null;
  const isWaiting = page?.deliveries.some(({ state }) => state === "waiting") ?? false;

  useEffect(() => {
    if (!isWaiting) return;
    const looking = setInterval(() => {
      if (document.visibilityState === "visible") reload();
    }, lookEveryMs);
    return () => {
      clearInterval(looking);
    };
  }, [isWaiting, reload]);

  return (
    <SettingsSection
      title={translate("log")}
      text={translate("logText")}
      action={
        page !== null && (
          <Button size="sm" variant="ghost" onClick={reload}>
            <RotateCw aria-hidden />
            {translate("refresh")}
          </Button>
        )
      }
    >
      {latest.state === "loading" && (
        <div role="status" aria-label={translate("loading")} className="py-4">
          <Skeleton className="h-10 w-full" />
        </div>
      )}
      {latest.state === "failed" && <AlertFailure text={translate("logFailed")} onRetry={reload} />}
      {page !== null &&
        (page.deliveries.length === 0 ? (
          <p className="py-4 text-pretty text-ink-soft">{translate("logEmpty")}</p>
        ) : (
          <LogPages first={page} />
        ))}
    </SettingsSection>
  );
}

/** The newest ones, and older ones as wanted. */
function LogPages({ first }: { first: AlertDeliveries }) {
  const translate = useTranslations("alerts.settings");
  const sayError = useErrorSentence();
  const [older, setOlder] = useState<AlertDeliveries | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { before } = older ?? first;
  const shown = new Set(first.deliveries.map(({ id }) => id));
  const rest = older?.deliveries.filter(({ id }) => !shown.has(id)) ?? [];

  const loadMore = async () => {
    setIsBusy(true);
    try {
      const next = await findAlertDeliveries(before);
      const deliveries = [...(older?.deliveries ?? first.deliveries), ...next.deliveries];
      setOlder({ deliveries, before: next.before });
    } catch (error) {
      const { code, details } = toApiError(error);
      showToast({ kind: "error", text: sayError(code, details) });
    }
    setIsBusy(false);
  };
  return (
    <>
      <ul className="divide-y divide-line">
        {[...first.deliveries, ...rest].map((delivery) => (
          <AlertLogRow key={delivery.id} delivery={delivery} />
        ))}
      </ul>
      {before !== null && (
        <div className="py-3">
          <Button size="sm" variant="ghost" isBusy={isBusy} onClick={() => void loadMore()}>
            {translate("logMore")}
          </Button>
        </div>
      )}
    </>
  );
}
