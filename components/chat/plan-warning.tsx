"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { budgetWarningKey, findBudgetWarning } from "@/lib/client/chat/context-plan-budget";
import { countSent, findConcerned, findRefused } from "@/lib/client/chat/context-plan-compared";
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
import { useSayCost, useShownPlan } from "./use-context-figures";

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
  const budget = findBudgetWarning(plan.budget, plan.sideBySide);
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
function placeOf(warning: Warning, conversationId: string, plan: ContextPlanView): string {
  if (warning !== "window_unknown") return conversationId;
  const concerned = findConcerned(plan, warning).map(({ model }) => model.id);
  return concerned.length > 0 ? concerned.toSorted().join("+") : (plan.model?.id ?? "");
}

/** Nothing can be sent as it is; the text stays where it is. */
function Refusal({ plan }: { plan: ContextPlanView }) {
  const sayError = useErrorSentence();
  const sayCompared = useComparedRefusal(plan);
  const { refusal, model } = plan;
  if (refusal === null) return null;
  const details = { ...(model === null ? {} : { model: model.label }), ...refusal.details };
  return (
    <div role="alert" className={frame}>
      <p className="min-w-0 flex-1 text-pretty text-bad">
        {sayCompared ?? sayError(refusal.code, details)}
      </p>
      <PlanWarningChoices plan={plan} kind="refused" />
    </div>
  );
}

/** Which of several models it does not fit; null where one is asked. */
function useComparedRefusal(plan: ContextPlanView): string | null {
  const translate = useTranslations("context.warnings");
  const format = useFormatter();
  const refused = findRefused(plan).map(({ model }) => model.label);
  const count = plan.sideBySide.length - refused.length;
  if (refused.length === 0) return null;
  return count === 0
    ? translate("refusedAll")
    : translate("refusedSome", { model: format.list(refused), count });
}

type WarnedProps = { plan: ContextPlanView; warning: Warning; onDismiss: () => void };

function Warned({ plan, warning, onDismiss }: WarnedProps) {
  const translate = useTranslations("context.warnings");
  const sentence = useWarningSentence(plan, warning);
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

function useWarningSentence(plan: ContextPlanView, warning: Warning): string {
  const translate = useTranslations("context.warnings");
  const format = useFormatter();
  const shown = useShownPlan();
  const sayCost = useSayCost();
  const cost = shown?.cost ?? null;
  const count = plan.sideBySide.length;
  const concerned = findConcerned(plan, warning).map(({ model }) => model.label);
  // How full it is is said of the fullest.
  const isOfFullest = concerned.length === 0 || warning === "nearly_full";
  return translate(nameSentence(warning, count, concerned.length), {
    model: isOfFullest ? (plan.model?.label ?? "") : format.list(concerned),
    percent: Math.round((shown?.usedShare ?? 0) * 100),
    tokens: countSent(plan, shown?.inputTokens ?? 0),
    hasCost: cost === null ? "false" : "true",
    cost: cost === null ? "" : sayCost(cost).input,
    count,
  });
}

/** Of several models, what does not hold for all is said of those that it holds for. */
function nameSentence(warning: Warning, count: number, concernedCount: number) {
  if (warning === "dear") return count > 0 ? "dearCompared" : warning;
  const isOfSome = concernedCount < count;
  if (warning === "forgetting") return isOfSome ? "forgettingOf" : warning;
  if (warning === "pins_left_out") return isOfSome ? "pins_left_outOf" : warning;
  return warning;
}

/** The sentence with what takes it away, and under it what can be done. */
const frame = "flex flex-wrap items-start gap-x-1 gap-y-1 px-2 pb-2 text-ui text-ink-soft";
