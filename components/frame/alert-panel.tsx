"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FloatingPanel } from "@/components/ui/floating-panel";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import {
  loadOlderAlerts,
  markAlertsSeen,
  refreshAlerts,
  useAlerts,
  useAlertsStore,
} from "@/lib/client/alerts/alerts";
import { useSidebar } from "@/lib/client/sidebar";
import { AlertRow } from "./alert-row";
import { useFrame } from "./frame-context";
import { useAlertDays } from "./use-alert-days";

type Props = { trigger: HTMLElement | null; onClose: () => void };

/** The alerts by day, the newest first. Whoever opens it has seen them. */
export function AlertPanel({ trigger, onClose }: Props) {
  const translate = useTranslations("alerts.bell");
  const { user } = useFrame();
  const { setDrawer } = useSidebar();
  const leave = () => {
    onClose();
    setDrawer(false);
  };
  return (
    <FloatingPanel
      title={translate("title")}
      trigger={trigger}
      className="w-96"
      actions={
        user.isAdmin && (
          <Link
            href="/settings/alerts"
            prefetch={false}
            className="me-1 text-small"
            onClick={leave}
          >
            {translate("settings")}
          </Link>
        )
      }
      onClose={onClose}
    >
      <div className="min-h-24 overflow-y-auto overscroll-contain pb-2">
        <AlertList onLeave={leave} />
      </div>
    </FloatingPanel>
  );
}

function AlertList({ onLeave }: { onLeave: () => void }) {
  const translate = useTranslations("alerts.bell");
  const { user } = useFrame();
  const store = useAlertsStore();
  const { page, isFailed, paging } = useAlerts();
  const days = useAlertDays(page?.alerts ?? []);
  const id = useId();
  // They stay marked until the panel is closed, though they count as seen at once.
  const [newAtFirst] = useState(() => new Set(page?.alerts.filter(isNew).map((it) => it.id)));
  const newCount = page?.newCount ?? 0;
  useEffect(() => {
    if (newCount > 0) void markAlertsSeen(store);
  }, [newCount, store]);

  if (page === null && !isFailed) return <Waiting label={translate("loading")} />;
  if (page === null) return <Failure onRetry={() => void refreshAlerts(store)} />;
  if (page.alerts.length === 0) {
    return (
      <p className="px-4 py-3 text-pretty text-ink-soft">
        {translate(user.isAdmin ? "empty" : "emptyOwn")}
      </p>
    );
  }
  return (
    <>
      {days.map((day) => (
        <div key={day.key}>
          <h3 id={`${id}-${day.key}`} className="px-4 pt-2 pb-1 text-small text-ink-faint">
            {day.label}
          </h3>
          <ul aria-labelledby={`${id}-${day.key}`} className="divide-y divide-line px-4">
            {day.alerts.map((alert) => (
              <AlertRow
                key={alert.id}
                alert={alert}
                isNew={alert.isNew || newAtFirst.has(alert.id)}
                onLeave={onLeave}
              />
            ))}
          </ul>
        </div>
      ))}
      {paging === "failed" && <Failure onRetry={() => void loadOlderAlerts(store)} />}
      {page.before !== null && paging !== "failed" && (
        <div className="px-2 pt-1">
          <Button
            size="sm"
            variant="ghost"
            isBusy={paging === "loading"}
            onClick={() => void loadOlderAlerts(store)}
          >
            {translate("older")}
          </Button>
        </div>
      )}
    </>
  );
}

const isNew = (alert: { isNew: boolean }) => alert.isNew;

function Waiting({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 px-4 py-3">
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  );
}

function Failure({ onRetry }: { onRetry: () => void }) {
  const translate = useTranslations("alerts.bell");
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 px-4 py-3">
      <p role="alert" className="text-bad">
        {translate("failed")}
      </p>
      <Button size="sm" onClick={onRetry}>
        {translate("retry")}
      </Button>
    </div>
  );
}
