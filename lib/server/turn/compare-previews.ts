import "server-only";
import {
  planWarnings,
  type ComparedPlan,
  type ContextPlanView,
  type PlanWarning,
} from "@/lib/contracts/context";
import { findWarnings } from "@/lib/domain/context/find-warnings";
import type { HoldPreviews } from "../models/preview-holds";
import type { PlannedFor } from "./plan-first";
import type { ModelPreview } from "./preview-model";

type Known = Parameters<typeof findWarnings>[1];

/** How each of the models that are asked side by side stands to the turn. */
export function comparePreviews(
  previews: readonly ModelPreview[],
  { calls }: HoldPreviews,
  known: Known,
): ComparedPlan[] {
  // Dear is the turn, not a part of it.
  const ofOne = { ...known, dearTokens: Infinity };
  return previews.flatMap(({ alias, made, window, inputTokens, cost }, at) => {
    const { refusal = null, limitedTo = null } = calls[at] ?? {};
    if (alias === null || made.model === null) return [];
    return {
      model: { id: alias.id, label: made.model.label },
      ...{ window, inputTokens, cost },
      warnings: findPlanWarnings(made, ofOne),
      refusal: describeRefusal(made),
      budget: { refusal, limitedTo },
    };
  });
}

/** Nothing is to be said of a plan that there is not. */
export function findPlanWarnings({ plan }: PlannedFor, known: Known): PlanWarning[] {
  return plan === null ? [] : findWarnings(plan, known);
}

/** The warnings of any of the models, and of what all of them are sent together. */
export function joinWarnings(
  sideBySide: readonly ComparedPlan[],
  { dearTokens }: Pick<Known, "dearTokens">,
): PlanWarning[] {
  const found = new Set(sideBySide.flatMap(({ warnings }) => warnings));
  const sent = sideBySide.reduce((sum, { inputTokens }) => sum + inputTokens, 0);
  if (sent > dearTokens) found.add("dear");
  return planWarnings.filter((warning) => found.has(warning));
}

/** Why nothing could be sent to a model. */
export function describeRefusal({ refusal }: PlannedFor): ContextPlanView["refusal"] {
  return refusal === null ? null : { code: "context_too_long", details: { ...refusal } };
}

/** Of all calls: what would refuse the first that is refused, and the shortest limit. */
export function joinHolds({ calls, tightest }: HoldPreviews): ContextPlanView["budget"] {
  const [shortest = null] = calls
    .flatMap(({ limitedTo }) => limitedTo ?? [])
    .toSorted((one, other) => one.tokens - other.tokens);
  const refusal = calls.find((call) => call.refusal !== null)?.refusal ?? null;
  return { refusal, limitedTo: shortest, tightest };
}
