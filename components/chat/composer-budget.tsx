"use client";

import { X } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import type { BudgetWarning } from "@/lib/client/chat/context-plan-budget";
import { sayBudgetAmount, type BudgetPart } from "@/lib/client/say-budget-amount";
import type { BudgetStanding } from "@/lib/contracts/budgets";
import { useChatContext } from "./chat-context";

type Props = {
  warning: BudgetWarning;
  /** What the model is called. */
  model: string;
  /** Null where it stays. */
  onDismiss: (() => void) | null;
};

/** Which budget would refuse the next turn or keep it short, or runs out; typing goes on. */
export function ComposerBudget({ warning, model, onDismiss }: Props) {
  const translate = useTranslations("allowance");
  const { isAdmin } = useChatContext();
  const sentence = useBudgetSentence(warning, model);
  // Read aloud once; its figures change with every word that is typed.
  const [saidFirst] = useState(sentence);
  const isRefused = warning.kind === "refused";
  return (
    <div className="flex flex-wrap items-start gap-x-1 gap-y-1 px-2 pb-2 text-ui text-ink-soft">
      <span role="status" className="sr-only">
        {saidFirst}
      </span>
      <p className={`min-w-0 flex-1 pt-1 text-pretty ${isRefused ? "text-bad" : ""}`}>
        <span aria-hidden>{sentence} </span>
        {isAdmin ? (
          <Link href="/settings/budgets">{translate("budgets")}</Link>
        ) : (
          <Link href="/settings/usage">{translate("usage")}</Link>
        )}
      </p>
      {onDismiss !== null && (
        <IconButton size="sm" label={translate("dismiss")} onClick={onDismiss}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

function useBudgetSentence(warning: BudgetWarning, model: string): string {
  const translate = useTranslations("allowance");
  const locale = useLocale();
  const format = useFormatter();
  const { isAdmin } = useChatContext();

  if (warning.kind === "limited") {
    const { tokens, budget, model: limited } = warning;
    return limited === null
      ? translate("limited", { tokens, budget })
      : translate("limitedOne", { tokens, budget, model: limited });
  }
  if (warning.kind === "near") {
    const { standing } = warning;
    const { used, limit, isHard } = standing;
    return translate("near", {
      ...describe(standing, standing.isAbout ? "≈ " : ""),
      share: used >= limit ? "over" : "near",
      percent: Math.floor((100 * used) / limit),
      isHard: String(isHard),
    });
  }
  const { refusal, isWhole } = warning;
  const models = warning.models.length === 0 ? model : format.list(warning.models);
  if (refusal.reason === "unpriced") {
    const unpriced = { budget: refusal.name, model: models };
    return translate(isAdmin ? "unpricedAdmin" : "unpriced", unpriced);
  }
  if (!isWhole)
    return translate(isAdmin ? "refusedSomeAdmin" : "refusedSome", {
      ...describe(refusal),
      models,
    });
  return translate(isAdmin ? "refusedAdmin" : "refused", describe(refusal));

  function describe(budget: Omit<BudgetStanding, "isHard" | "isAbout">, mark = "") {
    const { unit, limit, used, held, resetsAt, name, period } = budget;
    const say = (amount: number, part: BudgetPart) =>
      unit === "tokens"
        ? translate("tokens", { count: amount })
        : sayBudgetAmount({ currency: unit, micros: amount }, locale, part);
    return {
      budget: name,
      period,
      total: say(limit, "limit"),
      used: mark + say(used, "used"),
      left: mark + say(Math.max(0, limit - used - held), "left"),
      held: held > 0 ? say(held, "used") : "none",
      resets: resetsAt === null ? "none" : sayMoment(resetsAt, locale),
    };
  }
}

/** By the reader's own clock: this is never drawn on the server. */
function sayMoment(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    ...{ month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  }).format(new Date(at));
}
