import "server-only";
import type { PlanCost } from "@/lib/contracts/context";
import type { ResolvedAlias } from "../db/aliases";
import type { HistoryMessage } from "../db/branch-history";
import type { CallToFit } from "../models/fit-call";
import { planAlone, planFirst, type PlanFigures, type PlannedFor } from "./plan-first";
import { pricePlan } from "./price-plan";
import { canAnswerTogether } from "./run-together";

/** What the turn is for one of the models that are asked. */
export type ModelPreview = PlanFigures & {
  alias: ResolvedAlias | null;
  window: number | null;
  made: PlannedFor;
  cost: PlanCost | null;
  /** How many answers one call asks for. */
  perCall: number;
};

/** Plans the turn for the models of an alias, and prices it. */
export function previewModel(
  call: CallToFit,
  asked: { alias: ResolvedAlias | null; answers: number; draft: HistoryMessage },
): ModelPreview {
  const { alias, answers, draft } = asked;
  const made = planFirst(call, alias?.targets ?? []);
  const { model, plan, room, refusal } = made;
  const isOneCall = isAskedTogether(alias, answers);
  const shown = hideEmptyDraft(plan ?? planAlone(call.context, room, refusal), draft);
  const { parts, inputTokens } = shown;
  const { parameters } = call;
  return {
    ...{ alias, made, parts, inputTokens, window: room.window },
    cost: pricePlan({ model, plan, room, answers, isOneCall, parameters, inputTokens }),
    perCall: isOneCall ? answers : 1,
  };
}

/** Whether one call asks for all answers: else each is a call of its own. */
function isAskedTogether(alias: ResolvedAlias | null, answers: number): boolean {
  return alias !== null && canAnswerTogether(Array.from({ length: answers }, () => alias));
}

/** While nothing is written, what a message costs beside its words is not shown. */
function hideEmptyDraft(
  { parts, inputTokens }: PlanFigures,
  { parts: written }: HistoryMessage,
): PlanFigures {
  const isEmpty = written.every((part) => part.type === "text" && part.text === "");
  if (!isEmpty) return { parts, inputTokens };
  return {
    parts: { ...parts, draft: 0, free: parts.free === null ? null : parts.free + parts.draft },
    inputTokens: inputTokens - parts.draft,
  };
}
