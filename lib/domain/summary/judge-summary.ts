import type { SummaryFailure } from "@/lib/contracts/context";
import { limits } from "@/lib/contracts/limits";
import type { AnswerFinish } from "../answer/outcome";

/** What a model sent when it was asked for a summary. */
export type WrittenSummary = {
  text: string;
  reasoning: string;
  finish: AnswerFinish;
  /** Of the text. */
  tokens: number;
  /** Of what it was made of: the summary before it and the turns. */
  sourceTokens: number;
};

/** A few lines do no harm, however short the conversation was. */
const alwaysShortTokens = 200;

/**
 * Why a text may not stand for messages; null when it may. What was cut off, filtered or only
 * thought would forget what nobody could bring back, and what is as long as its source saves
 * nothing.
 */
export function judgeSummary(written: WrittenSummary): SummaryFailure | null {
  const { text, reasoning, finish, tokens, sourceTokens } = written;
  if (text.trim() === "") return reasoning.trim() === "" ? "empty" : "reasoning";
  if (finish !== "stop" && finish !== "other") return "cut";
  if (text.length > limits.summaryCharacters) return "long";
  return tokens >= Math.max(alwaysShortTokens, sourceTokens) ? "long" : null;
}
