"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { budgetWarningKey, findBudgetWarning } from "@/lib/client/chat/context-plan-budget";
import {
  dismissWarnings,
  followDismissed,
  readDismissed,
} from "@/lib/client/chat/context-plan-dismissed";
import {
  dismissedWith,
  findShownWarning,
  warningKey,
} from "@/lib/client/chat/context-plan-warning";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useErrorSentence } from "@/lib/client/error-sentence";
import type { ContextPlanView, PlanWarning as Warning } from "@/lib/contracts/context";
import { useChatContext } from "./chat-context";
import { ComposerBudget } from "./composer-budget";
import { PlanWarningChoices } from "./plan-warning-choices";
import { useSayMoney, useShownPlan } from "./use-context-figures";

const none: readonly string[] = [];

/** Before it hurts: what is about to be dear, or forgotten, and what can be done about it. */
export function PlanWarning() {
  const { plan, isCurrent } = useContextPlan();
  const conversationId = useConversation((state) => state.id);
  // One thing at a time; what went wrong comes first.
  const hasNotice = useConversation((state) => state.notice !== null);
  const { isAdmin } = useChatContext();
  const dismissed = useSyncExternalStore(followDismissed, readDismissed, () => none);
  if (!plan?.model || hasNotice) return null;
  if (plan.refusal !== null) return isCurrent ? <Refusal plan={plan} /> : null;
  const budget = findBudgetWarning(plan.budget);
  const budgetKey = budget && budgetWarningKey(budget);
  if (budget !== null && (budgetKey === null || !dismissed.includes(budgetKey)))
    return (
      <ComposerBudget
        key={budgetKey ?? budget.kind}
        warning={budget}
        model={plan.model.label}
        onDismiss={
          budgetKey === null
            ? null
            : () => {
                dismissWarnings([budgetKey]);
              }
        }
      />
    );
  const warning = findShownWarning(
    plan,
    (one) => dismissed.includes(warningKey(one, placeOf(one, conversationId, plan))),
    isAdmin,
  );
  if (warning === null) return null;
  return (
    <Warned
      key={`${warning} ${plan.model.id}`}
      plan={plan}
      warning={warning}
      onDismiss={() => {
        const gone = dismissedWith(warning);
        dismissWarnings(gone.map((one) => warningKey(one, placeOf(one, conversationId, plan))));
      }}
    />
  );
}

/** A window that nobody set is the same in every conversation with the model. */
function placeOf(warning: Warning, conversationId: string, { model }: ContextPlanView): string {
  return warning === "window_unknown" ? (model?.id ?? "") : conversationId;
}

/** Nothing can be sent as it is; the text stays where it is. */
function Refusal({ plan }: { plan: ContextPlanView }) {
  const sayError = useErrorSentence();
  const { refusal, model } = plan;
  if (refusal === null) return null;
  const details = { ...(model === null ? {} : { model: model.label }), ...refusal.details };
  return (
    <div role="alert" className={frame}>
      <p className="min-w-0 flex-1 text-pretty text-bad">{sayError(refusal.code, details)}</p>
      <PlanWarningChoices plan={plan} kind="refused" />
    </div>
  );
}

type WarnedProps = { plan: ContextPlanView; warning: Warning; onDismiss: () => void };

function Warned({ plan, warning, onDismiss }: WarnedProps) {
  const translate = useTranslations("context.warnings");
  const shown = useShownPlan();
  const sayMoney = useSayMoney();
  const cost = shown?.cost ?? null;
  const sentence = translate(warning, {
    model: plan.model?.label ?? "",
    percent: Math.round((shown?.usedShare ?? 0) * 100),
    tokens: shown?.inputTokens ?? 0,
    hasCost: cost === null ? "false" : "true",
    cost: cost === null ? "" : sayMoney(cost.inputMicros, cost.currency),
  });
  // Read aloud once; its figures change with every word that is typed.
  const [saidFirst] = useState(sentence);
  return (
    <div className={frame}>
      <span role="status" className="sr-only">
        {saidFirst}
      </span>
      <p aria-hidden className="min-w-0 flex-1 pt-1 text-pretty">
        {sentence}
      </p>
      <IconButton size="sm" label={translate("dismiss")} onClick={onDismiss}>
        <X aria-hidden />
      </IconButton>
      <PlanWarningChoices plan={plan} kind={warning} />
    </div>
  );
}

/** The sentence with what takes it away, and under it what can be done. */
const frame = "flex flex-wrap items-start gap-x-1 gap-y-1 px-2 pb-2 text-ui text-ink-soft";
