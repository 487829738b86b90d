import type {
  ContextMark,
  ContextPolicy,
  PlanParts,
  PlanReason,
  PlanState,
  TokenCounts,
} from "@/lib/contracts/context";
import { messageOverhead, replyOverhead, type Ruler } from "../tokens/ruler";
import type { PlanInput, PlanMessage, ToolUse } from "./plan-input";

/** The model that a plan is made for. */
export type PlanRoom = {
  /** Tokens of input and output together; null when unknown. */
  window: number | null;
  /** Tokens that are kept free for the answer. */
  reply: number;
  ruler: Ruler;
  /** Whether earlier thoughts go back with their answers. */
  sendsReasoning: boolean;
};

/** A message as it is sent. */
export type SentMessage = {
  id: string;
  role: "user" | "assistant";
  text: string;
  toolUses: readonly ToolUse[];
};

export type PlannedEntry = {
  id: string;
  role: "user" | "assistant";
  state: PlanState;
  reason: PlanReason;
  /** Whole, images included. */
  tokens: number;
  sentTokens: number;
  mark: ContextMark;
};

/** What one call sends, and why. */
export type ContextPlan = {
  window: number | null;
  policy: ContextPolicy;
  parts: PlanParts;
  /** Everything that is sent, by the ruler. */
  inputTokens: number;
  /** The most that it may be; null where the window is unknown. */
  inputLimit: number | null;
  /** One for each message of the branch, oldest first. */
  entries: PlannedEntry[];
  system: string | null;
  /** The summary as it is sent. */
  summary: { id: string; text: string } | null;
  /** Oldest first. */
  sent: SentMessage[];
  /** The oldest message from which everything goes along that was not left out by hand. */
  firstSentId: string | null;
  /** Of the sent text together: what a reported usage is compared with. */
  counts: TokenCounts;
};

/** Not even what must go along fits. */
export type PlanRefusal = { tokens: number; limit: number };

/**
 * Decides what one call sends.
 *
 * @returns the plan, or why there is none.
 */
export function planContext(input: PlanInput, room: PlanRoom): ContextPlan | PlanRefusal {
  const { ruler, window, reply } = room;
  const inputLimit = window === null ? null : window - reply;
  const limit = Math.min(
    inputLimit ?? Number.POSITIVE_INFINITY,
    input.policy.kind === "tokens" ? input.policy.tokens : Number.POSITIVE_INFINITY,
  );
  const measure = (message: PlanMessage) =>
    ruler.measure(message.counts) + (message.imageTokens ?? 0) + messageOverhead;
  const systemTokens =
    input.system === null ? 0 : ruler.measure(ruler.count(input.system)) + messageOverhead;
  const newest = input.branch.slice(-input.newestCount);
  let total = newest.reduce((sum, message) => sum + measure(message), systemTokens + replyOverhead);
  if (inputLimit !== null && total > inputLimit) return { tokens: total, limit: inputLimit };
  const entries: PlannedEntry[] = newest.map((message) => toEntry(message, measure, "newest"));
  let rounds = 0;
  let refusal: PlanReason | null = null;
  for (const round of splitIntoRounds(input.branch.slice(0, -input.newestCount)).reverse()) {
    const tokens = round.reduce((sum, message) => sum + measure(message), 0);
    const isByRounds = input.policy.kind === "rounds" || input.policy.kind === "summary";
    if (refusal === null && isByRounds && rounds >= input.policy.rounds) refusal = "over_rounds";
    if (refusal === null && total + tokens > limit)
      refusal = input.policy.kind === "tokens" ? "over_tokens" : "over_window";
    if (refusal === null) {
      rounds += 1;
      total += tokens;
    }
    entries.unshift(
      ...round.map((message) => toEntry(message, measure, refusal ?? "within_policy")),
    );
  }
  const sentIds = new Set(entries.filter(({ state }) => state === "kept").map(({ id }) => id));
  const sent = input.branch.filter(({ id }) => sentIds.has(id));
  const files = sent.reduce((sum, { imageTokens = 0 }) => sum + imageTokens, 0);
  const draft = newest.reduce((sum, message) => sum + measure(message), 0);
  return {
    window,
    policy: input.policy,
    parts: {
      system: systemTokens,
      tools: input.toolTokens,
      files,
      summary: 0,
      history: total - systemTokens - draft,
      draft,
      reply,
      free: window === null ? null : window - total - reply,
    },
    inputTokens: total,
    inputLimit,
    entries,
    system: input.system,
    summary: null,
    sent: sent.map(({ id, role, text, toolUses = [] }) => ({ id, role, text, toolUses })),
    firstSentId: sent[0]?.id ?? null,
    counts: sent.reduce(
      (sum, { counts }) => ({
        o200k: sum.o200k + counts.o200k,
        wide: sum.wide + counts.wide,
        signs: sum.signs + counts.signs,
      }),
      { o200k: 0, wide: 0, signs: 0 },
    ),
  };
}

function toEntry(
  message: PlanMessage,
  measure: (message: PlanMessage) => number,
  reason: PlanReason,
): PlannedEntry {
  const isKept = reason === "newest" || reason === "within_policy";
  const tokens = measure(message);
  const { id, role } = message;
  const state = isKept ? "kept" : "left_out";
  return { id, role, state, reason, tokens, sentTokens: isKept ? tokens : 0, mark: "auto" };
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
