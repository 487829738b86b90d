import { plainBranchContext, type ContextPolicy } from "@/lib/contracts/context";
import { planContext, type ContextPlan, type PlanRoom } from "./plan";
import type { PlanInput, PlanMessage, PlanSummary } from "./plan-input";
import { quickRuler } from "./testing-histories";

/** A message with its tokens; each token is three characters of its text. */
export function say(id: string, text = id, more: Partial<PlanMessage> = {}): PlanMessage {
  const role = id.startsWith("a") ? "assistant" : "user";
  return { id, role, text, counts: quickRuler.count(text), ...more };
}

/** u1, a1, u2, a2 and so on, of so many tokens each, and a new question. */
export function branchOf(rounds: number, tokens = 10): PlanMessage[] {
  const branch = Array.from({ length: rounds }, (_, at) => String(at + 1)).flatMap((round) => [
    say(`u${round}`, `u${round} `.padEnd(tokens * 3, "x")),
    say(`a${round}`, `a${round} `.padEnd(tokens * 3, "x")),
  ]);
  return [...branch, say("new", "So?")];
}

export const policyOf = (kind: ContextPolicy["kind"], more: Partial<ContextPolicy> = {}) => ({
  kind,
  rounds: 2,
  tokens: 500,
  ...more,
});

export function summaryOf(coversToId: string | null, text = "What was said."): PlanSummary {
  return { id: "summary", text, counts: quickRuler.count(text), coversToId };
}

type Given = Partial<Omit<PlanInput, "context">> & {
  context?: Partial<PlanInput["context"]>;
  room?: Partial<PlanRoom>;
};

/** The plan for a conversation of five rounds, save for what is given. @throws where there is none. */
export function planOf(given: Given = {}): ContextPlan {
  const { context, room, ...input } = given;
  const plan = planContext(
    {
      system: "Be brief.",
      summary: null,
      branch: branchOf(5),
      isWhole: true,
      newestCount: 1,
      policy: policyOf("window"),
      context: { ...plainBranchContext, ...context },
      toolTokens: 0,
      ...input,
    },
    { window: 100_000, reply: 100, ruler: quickRuler, sendsReasoning: false, ...room },
  );
  if (!("sent" in plan)) throw new Error("nothing fits");
  return plan;
}

/** The messages that go along. */
export const sentIds = ({ sent }: ContextPlan) => sent.flatMap(({ ids }) => ids);

/** What becomes of each message: `u1 left_out over_rounds`. */
export const fates = ({ entries }: ContextPlan) =>
  entries.map(({ id, state, reason }) => `${id} ${state} ${reason}`);
