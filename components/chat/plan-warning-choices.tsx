"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { findLargerModel } from "@/lib/client/chat/context-plan-warning";
import { rememberModel } from "@/lib/client/chat/last-model";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { usePlanActions } from "@/lib/client/chat/use-plan-actions";
import { showWindow } from "@/lib/client/model-facts";
import type { ContextPlanView, PlanWarning } from "@/lib/contracts/context";
import { useChatContext } from "./chat-context";
import { openPanel } from "./side-panel-address";
import { useConversationActions } from "./use-conversation-actions";
import { useSuccessor } from "./use-successor";
import { useSummaryActions } from "./use-summary-actions";

type Kind = PlanWarning | "refused";
type Choice = "summarise" | "larger" | "successor" | "open" | "setWindow";

const choices: Record<Kind, readonly Choice[]> = {
  refused: ["larger"],
  draft_shortened: ["larger"],
  pins_left_out: ["open", "larger"],
  forgetting: ["summarise", "successor", "larger"],
  nearly_full: ["summarise", "successor", "larger"],
  summary_stale: ["open"],
  dear: ["summarise", "successor"],
  window_unknown: ["setWindow"],
};

type PlanWarningChoicesProps = { plan: ContextPlanView; kind: Kind };

/** What can be done about a warning, at hand. */
export function PlanWarningChoices({ plan, kind }: PlanWarningChoicesProps) {
  const translate = useTranslations("context.warnings");
  const { changePolicy } = usePlanActions();
  const { change } = useConversationActions();
  const isSaved = useConversation((state) => state.isSaved);
  const successor = useSuccessor();
  const { makeFirst } = useSummaryActions();
  // Until there is a summary, all that it would stand for goes along word for word.
  const summarise = async () => {
    const isChosen = await changePolicy({ ...plan.policy, kind: "summary" });
    if (isChosen && plan.summary === null) await makeFirst();
  };
  const { models } = useChatContext();
  const larger = findLargerModel(plan, models);
  const wanted = choices[kind];
  return (
    <div className="flex w-full flex-wrap items-center gap-1.5 empty:hidden max-sm:-m-1 max-sm:[scrollbar-width:none] max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:p-1 max-sm:*:shrink-0">
      {wanted.includes("summarise") && isSaved && plan.policy.kind !== "summary" && (
        <Button size="sm" onClick={() => void summarise()}>
          {translate("summarise")}
        </Button>
      )}
      {wanted.includes("successor") && isSaved && (
        <Button size="sm" isBusy={successor.isMaking} onClick={() => void successor.make()}>
          {translate("successor")}
        </Button>
      )}
      {wanted.includes("larger") && larger !== undefined && (
        <Button
          size="sm"
          onClick={() => {
            rememberModel(larger.id);
            void change({ modelId: larger.id });
          }}
        >
          {translate("larger", { name: larger.name, size: showWindow(larger.window) })}
        </Button>
      )}
      {wanted.includes("open") && (
        <Button
          size="sm"
          onClick={() => {
            openPanel("plan");
          }}
        >
          {translate("open")}
        </Button>
      )}
      {wanted.includes("setWindow") && <Link href="/settings">{translate("setWindow")}</Link>}
    </div>
  );
}
