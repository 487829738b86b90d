"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ModelHealth } from "@/lib/contracts/aliases";
import { endRest } from "./health-api";
import { useRefreshHealth } from "./health-context";
import { useHealthError } from "./health-error";
import { useSave } from "./use-save";

type Props = { health: ModelHealth; label: string; onOpenChange: (isOpen: boolean) => void };

/** How a model has done in the last day, what went wrong last, and what one can do. */
export function HealthDialog({ health, label, onOpenChange }: Props) {
  const translate = useTranslations("aliases.health");
  const translateCommon = useTranslations("common");
  const format = useFormatter();
  const save = useSave();
  const refresh = useRefreshHealth();
  const sayError = useHealthError();
  const [isBusy, setIsBusy] = useState(false);
  const { state, calls, failures, firstTokenMs, probeAt, recentErrors } = health;
  const isResting = state === "resting";

  const tryNow = async () => {
    setIsBusy(true);
    const change = () => endRest(health.modelId);
    const isDone = await save({ change, text: translate("tried", { name: label }) });
    setIsBusy(false);
    if (!isDone) return;
    refresh();
    onOpenChange(false);
  };

  const clock = (at: string) =>
    format.dateTime(new Date(at), {
      month: "short",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
    });
  return (
    <Dialog
      title={translate("title", { name: label })}
      description={translate(`explained.${state}`)}
      isOpen
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button
            onClick={() => {
              onOpenChange(false);
            }}
          >
            {translateCommon("close")}
          </Button>
          {isResting && (
            <Button variant="primary" isBusy={isBusy} onClick={() => void tryNow()}>
              {translate("tryNow")}
            </Button>
          )}
        </>
      }
    >
      {isResting && probeAt !== null && (
        <p className="text-ink">
          {translate("probe", {
            time: format.dateTime(new Date(probeAt), { timeStyle: "medium" }),
          })}
        </p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        <dt className="text-ink-soft">{translate("calls")}</dt>
        <dd className="text-ink tabular-nums">{translate("callsOf", { calls, failures })}</dd>
        <dt className="text-ink-soft">{translate("firstToken")}</dt>
        <dd className="text-ink tabular-nums">
          {firstTokenMs === null
            ? "–"
            : translate("seconds", { seconds: Math.round(firstTokenMs / 100) / 10 })}
        </dd>
      </dl>
      {recentErrors.length > 0 && (
        <section>
          <h3 className="mb-1 font-medium text-ink">{translate("errors")}</h3>
          <ul className="divide-y divide-line border-y border-line">
            {recentErrors.map(({ at, code, status }) => (
              <li key={`${at}-${code}`} className="py-2">
                <p className="text-ink">{sayError(code)}</p>
                <p className="text-small text-ink-faint tabular-nums">
                  {clock(at)}
                  {status !== null && ` · HTTP ${String(status)}`}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}
