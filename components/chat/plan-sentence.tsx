"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ShownPlan } from "@/lib/client/chat/context-plan-shown";
import type { ContextPlanView } from "@/lib/contracts/context";

type PlanSentenceProps = {
  plan: ContextPlanView;
  /** Its figures, with what was typed since. */
  shown: ShownPlan;
};

/** What the next turn sends, in a sentence, and what it costs. */
export function PlanSentence({ plan, shown }: PlanSentenceProps) {
  const translate = useTranslations("context.plan");
  const format = useFormatter();
  const said = useParts(plan, shown);
  const { model, refusal, sideBySide } = plan;
  const { window, inputTokens, isAbout } = shown;
  if (model === null) return <p className="text-ui text-pretty">{translate("sendsNothing")}</p>;
  if (refusal !== null) {
    return (
      <p className="text-ui text-pretty text-bad">
        {translate(sideBySide.length > 0 ? "refusedCompared" : "refused", { model: model.label })}
      </p>
    );
  }
  return (
    <p className="text-ui text-pretty">
      {translate("sends", {
        isExact: isAbout ? "no" : "yes",
        tokens: inputTokens,
        window: window === null ? "unknown" : format.number(window),
        model: model.label,
        parts: said,
      })}
    </p>
  );
}

function useParts({ sentCount }: ContextPlanView, { parts }: ShownPlan): string {
  const translate = useTranslations("context.plan.parts");
  const format = useFormatter();
  const named = [
    parts.system > 0 && translate("system"),
    parts.tools > 0 && translate("tools"),
    parts.summary > 0 && translate("summary"),
    sentCount > 0 && translate("messages", { count: sentCount }),
    parts.files > 0 && translate("files"),
    parts.draft > 0 && translate("draft"),
  ].filter((part) => part !== false);
  return format.list(named, { type: "conjunction" });
}
