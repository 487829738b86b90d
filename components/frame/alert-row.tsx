"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { useAlertSentence } from "@/lib/client/alerts/use-alert-sentence";
import type { Alert, AlertFacts } from "@/lib/contracts/alerts";
import { useFrame } from "./frame-context";

type Props = { alert: Alert; isNew: boolean; onLeave: () => void };

/** One alert: what happened and when, and where one does something about it. */
export function AlertRow({ alert, isNew, onLeave }: Props) {
  const translate = useTranslations("alerts.bell");
  const format = useFormatter();
  const { user } = useFrame();
  const sayAlert = useAlertSentence(user.id);
  const { href, label } = findPlace(alert.facts, user.isAdmin);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <li className="relative py-2.5">
      {isNew && (
        <span className="absolute -start-2.5 top-[1.05rem] size-1.5 rounded-full bg-accent">
          <span className="sr-only">{translate("new")}</span>
        </span>
      )}
      <p className="text-pretty break-words text-ink tabular-nums">{sayAlert(alert.facts)}</p>
      <p className="mt-1 flex items-center gap-2 text-small text-ink-faint">
        <time dateTime={alert.createdAt}>
          {format.dateTime(new Date(alert.createdAt), { timeStyle: "short", timeZone })}
        </time>
        <Link href={href} prefetch={false} onClick={onLeave}>
          {translate(label)}
        </Link>
      </p>
    </li>
  );
}

/** Where one acts; a member has the own usage only. */
function findPlace({ kind }: AlertFacts, isAdmin: boolean) {
  if (!isAdmin) return { href: "/settings/usage", label: "toUsage" } as const;
  switch (kind) {
    case "budget":
      return { href: "/settings/budgets", label: "toBudgets" } as const;
    case "tokens_per_call":
    case "calls_per_minute":
      return { href: "/settings/dashboard", label: "toDashboard" } as const;
    case "provider_no_credit":
    case "provider_failing":
      return { href: "/settings/models", label: "toModels" } as const;
  }
}
