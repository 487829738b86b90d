import type { ContextPlan, PlanRefusal, PlanRoom } from "./plan-result";

// By so much an estimate may be low; and what a provider adds to every prompt unseen.
const share = { exact: 0.02, learned: 0.09, estimated: 0.09 } as const;
const fixedTokens = 64;
const mostFixedShare = 0.05;

/**
 * Strict servers refuse a prompt and a limit of the answer that are more than the window together,
 * be it by one token. Where a limit is sent, a plan leaves some slack for that our count is low.
 */
export function findSlack({ window, reply, ruler }: PlanRoom): number {
  if (window === null) return 0;
  const most = window - reply;
  return Math.ceil(most * share[ruler.surety]) + findFixed(most);
}

/** A plan that was made with slack, as it is told: the slack is free. */
export function giveSlackBack<Plan extends ContextPlan | PlanRefusal>(
  plan: Plan,
  slack: number,
): Plan {
  if (!("parts" in plan)) return plan;
  const { reply, free } = plan.parts;
  return {
    ...plan,
    parts: { ...plan.parts, reply: reply - slack, free: free === null ? null : free + slack },
  };
}

/**
 * The most tokens that an answer may be allowed beside a prompt, even if that counts somewhat more
 * than we think; null where the window is unknown. Never less than what the plan keeps for it.
 */
export function findOutputRoom(
  { window, inputTokens, parts: { reply } }: Pick<ContextPlan, "window" | "inputTokens" | "parts">,
  { surety }: PlanRoom["ruler"],
): number | null {
  if (window === null) return null;
  const input = Math.ceil(inputTokens * (1 + share[surety])) + findFixed(window - reply);
  return Math.max(reply, window - input);
}

/** What a prompt counts at most, should our count be low. */
export function findMostInput(
  { inputTokens }: Pick<ContextPlan, "inputTokens">,
  { surety }: PlanRoom["ruler"],
): number {
  return Math.ceil(inputTokens * (1 + share[surety])) + fixedTokens;
}

const findFixed = (most: number) => Math.min(fixedTokens, Math.ceil(most * mostFixedShare));
