import type { ComparedPlan, ContextPlanView, PlanWarning } from "@/lib/contracts/context";

type SideBySide = Pick<ContextPlanView, "sideBySide">;

/** Whether it fits none of the models that are asked, so that nothing can be sent. */
export function isTooLong({
  refusal,
  sideBySide,
}: SideBySide & Pick<ContextPlanView, "refusal">): boolean {
  if (refusal?.code !== "context_too_long") return false;
  return sideBySide.every((one) => one.refusal !== null);
}

/** Those of several models that it does not fit; empty where one is asked. */
export function findRefused({ sideBySide }: SideBySide): readonly ComparedPlan[] {
  return sideBySide.filter(({ refusal }) => refusal !== null);
}

/** Those of several models that a warning is about; empty where one is asked, or it is of the turn. */
export function findConcerned(
  { sideBySide }: SideBySide,
  warning: PlanWarning,
): readonly ComparedPlan[] {
  return sideBySide.filter(({ warnings }) => warnings.includes(warning));
}

/** Everything that is sent, to all of the models that are asked. */
export function countSent(
  { inputTokens, sideBySide }: SideBySide & Pick<ContextPlanView, "inputTokens">,
  shownTokens: number,
): number {
  if (sideBySide.length === 0) return shownTokens;
  const planned = sideBySide.reduce((sum, one) => sum + one.inputTokens, 0);
  // What was typed since goes to each of them.
  return planned + sideBySide.length * (shownTokens - inputTokens);
}

/** Why nobody knows what it costs: a price is missing, or prices are in different currencies. */
export function findCostGap({ sideBySide }: SideBySide): "price" | "currency" {
  const isPriced = sideBySide.length > 0 && sideBySide.every(({ cost }) => cost !== null);
  return isPriced ? "currency" : "price";
}
