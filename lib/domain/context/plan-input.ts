import type { BranchContext, ContextPolicy, TokenCounts } from "@/lib/contracts/context";

/** A use of a tool: the call and its result, which never part. */
export type ToolUse = {
  id: string;
  name: string;
  arguments: string;
  result: string;
  /** Of its result, where it was counted before. */
  resultCounts?: TokenCounts;
};

/** A message of a branch as the plan sees it. */
export type PlanMessage = {
  id: string;
  role: "user" | "assistant";
  text: string;
  /** Of the text. */
  counts: TokenCounts;
  /** Of the images that go along with it. */
  imageTokens?: number;
  /** Of an answer: what it used before its text. */
  toolUses?: readonly ToolUse[];
  /** Of an answer: its thoughts, which few models are given back. */
  reasoning?: string;
  /** Of the thoughts, where they were counted before. */
  reasoningCounts?: TokenCounts;
};

/** A summary that holds on the branch. */
export type PlanSummary = {
  id: string;
  text: string;
  counts: TokenCounts;
  /** The last message that it stands for; null when it stands before the first. */
  coversToId: string | null;
};

/** All that a call may say. What of it goes along is decided for each model. */
export type PlanInput = {
  system: string | null;
  /** Of the system prompt, where it was counted before. */
  systemCounts?: TokenCounts;
  summary: PlanSummary | null;
  /** Oldest first; the last is the message to be answered, or the one that goes on. */
  branch: readonly PlanMessage[];
  /** Of each message that says nothing, and so is no part of it: the one before. */
  spokenBefore?: ReadonlyMap<string, string>;
  /** Whether the branch is known from its first message on; else older ones were not read. */
  isWhole: boolean;
  /** How many of the last messages belong to what is asked: more than one where an answer goes on. */
  newestCount: number;
  policy: ContextPolicy;
  context: BranchContext;
  /** Tokens of what describes the tools that the model may use. */
  toolTokens: number;
};
