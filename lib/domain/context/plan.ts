import type { FilePart } from "@/lib/contracts/attachments";

/** A message of the active branch as the plan sees it. */
export type PlanMessage = {
  id: string;
  role: "user" | "assistant";
  text: string;
  /** With its images. */
  tokens: number;
  /** Of a user's message: those that go along with it. */
  images?: readonly FilePart[];
  /** Of an answer; not counted, as few models are given it. */
  reasoning?: string;
};

export type PlanPolicy = {
  /** How many earlier rounds go along; a round is one user message with what follows it. */
  rounds: number;
  /** The most tokens of system prompt, history and new message together. */
  tokens: number;
};

export type PlanReason = "system" | "newest" | "within_window" | "over_rounds" | "over_tokens";

export type PlanEntry = {
  message: PlanMessage;
  isKept: boolean;
  reason: PlanReason;
};

/** What one call sends, oldest first, and why. */
export type ContextPlan = {
  system: { text: string; tokens: number } | null;
  entries: PlanEntry[];
  /** Tokens of everything kept, by our own count. */
  totalTokens: number;
};

/**
 * Decides which messages of a branch go into a call: the system prompt and the newest message
 * always, then whole rounds from the newest backwards while both limits hold. A round is never
 * split, so that no answer goes without its question.
 *
 * @param branch oldest first; the last one is the message to be answered.
 * @param newestCount how many of the last messages always go along: more than one where an answer
 * goes on, which is nothing without itself and its question.
 */
export function planContext(
  system: ContextPlan["system"],
  branch: readonly PlanMessage[],
  policy: PlanPolicy,
  newestCount = 1,
): ContextPlan {
  const newest = branch.slice(-newestCount);
  let totalTokens = newest.reduce((sum, { tokens }) => sum + tokens, system?.tokens ?? 0);
  const entries: PlanEntry[] = newest.map((message) => ({
    message,
    isKept: true,
    reason: "newest",
  }));
  let kept = 0;
  let refusal: PlanReason | null = null;
  for (const round of splitIntoRounds(branch.slice(0, -newestCount)).reverse()) {
    const tokens = round.reduce((sum, message) => sum + message.tokens, 0);
    if (refusal === null && kept >= policy.rounds) refusal = "over_rounds";
    if (refusal === null && totalTokens + tokens > policy.tokens) refusal = "over_tokens";
    if (refusal === null) {
      kept += 1;
      totalTokens += tokens;
    }
    const reason: PlanReason = refusal ?? "within_window";
    entries.unshift(...round.map((message) => ({ message, isKept: refusal === null, reason })));
  }
  return { system, entries, totalTokens };
}

/** Groups a branch into rounds: each user message with the answers that follow it. */
export function splitIntoRounds(branch: readonly PlanMessage[]): PlanMessage[][] {
  const rounds: PlanMessage[][] = [];
  for (const message of branch) {
    const current = rounds.at(-1);
    if (message.role === "user" || current === undefined) rounds.push([message]);
    else current.push(message);
  }
  return rounds;
}
