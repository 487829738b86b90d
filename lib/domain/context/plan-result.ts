import type {
  ContextMark,
  ContextPolicy,
  PlanParts,
  PlanReason,
  PlanState,
  TokenCounts,
} from "@/lib/contracts/context";
import type { Ruler } from "../tokens/ruler";
import type { ToolUse } from "./plan-input";

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
  /** Of the first that it is made of; `standInId` where it is made of none. */
  id: string;
  /** What it is made of, oldest first: neighbours of one role are sent as one message. */
  ids: string[];
  role: "user" | "assistant";
  text: string;
  toolUses: readonly ToolUse[];
  /** Thoughts that go back with it; empty where none do. */
  reasoning: string;
};

export type PlannedEntry = {
  id: string;
  role: "user" | "assistant";
  state: PlanState;
  reason: PlanReason;
  /** Whole, images included; with thoughts only where they go along. */
  tokens: number;
  sentTokens: number;
  mark: ContextMark;
};

/** What one call sends, and why. */
export type ContextPlan = {
  window: number | null;
  policy: ContextPolicy;
  /** Add up to the window, where it is known. */
  parts: PlanParts;
  /** Everything that is sent, by the ruler. */
  inputTokens: number;
  /** The most that it may be; null where the window is unknown. */
  inputLimit: number | null;
  /** One for each message of the branch, oldest first. */
  entries: PlannedEntry[];
  /** Whether the entries are the whole branch; else there are older messages, which do not go. */
  isWhole: boolean;
  /** The system message: the system prompt with the summary behind it. */
  system: string | null;
  /** The summary as it is sent, and the last message that it stands for. */
  summary: { id: string; text: string; coversToId: string | null } | null;
  /** Oldest first; begins with the user, and roles alternate. */
  sent: SentMessage[];
  /** The oldest message from which everything goes along that was not left out by hand. */
  firstSentId: string | null;
  /**
   * Of all text that is sent: system message, messages as they are sent, thoughts, tools' calls and
   * results. Without images, what describes the tools, and what chat formats add. Reported usage is
   * compared with it.
   */
  counts: TokenCounts;
};

/** Not even what must go along fits: its tokens, uncut, and the most that may be sent. */
export type PlanRefusal = { tokens: number; limit: number };
