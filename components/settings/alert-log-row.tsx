"use client";

import { CircleAlert, CircleCheck, Clock, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useAlertSentence } from "@/lib/client/alerts/use-alert-sentence";
import type { AlertDelivery } from "@/lib/contracts/alerts";
import { useDeliveryFailure } from "./alert-test-result";
import { useMoment } from "./use-moment";

// Each state has a shape of its own: it is never told by colour alone.
const looks: Record<AlertDelivery["state"], { Icon: LucideIcon; colour: string }> = {
  delivered: { Icon: CircleCheck, colour: "text-good" },
  waiting: { Icon: Clock, colour: "text-warn" },
  given_up: { Icon: CircleAlert, colour: "text-bad" },
};

/** One message to one channel: what it said, and what became of it. */
export function AlertLogRow({ delivery }: { delivery: AlertDelivery }) {
  const translate = useTranslations("alerts.settings");
  const sayAlert = useAlertSentence(null);
  const sayFailure = useDeliveryFailure();
  const sayMoment = useMoment();
  const { channelName, facts, state, tries, nextTryAt, createdAt } = delivery;
  const { Icon, colour } = looks[state];
  const failure = state === "delivered" ? "" : sayFailure(delivery);
  const details = [
    channelName,
    sayMoment(createdAt, true),
    translate(`states.${state}`),
    ...(tries > 1 || state !== "delivered" ? [translate("tries", { count: tries })] : []),
    ...(state === "waiting" && nextTryAt !== null && tries > 0
      ? [translate("nextTry", { date: sayMoment(nextTryAt, true) })]
      : []),
  ];
  return (
    <li className="flex items-start gap-2.5 py-3.5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colour}`} />
      <div className="min-w-0">
        <p className="text-pretty break-words text-ink tabular-nums">
          {facts === null ? translate("isTest") : sayAlert(facts)}
        </p>
        <p className="mt-0.5 text-small break-words text-ink-faint">{details.join(" · ")}</p>
        {failure !== "" && <p className="mt-0.5 text-small text-pretty text-ink-soft">{failure}</p>}
      </div>
    </li>
  );
}
