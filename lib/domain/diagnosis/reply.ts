import type { CapabilityCard } from "@/lib/contracts/cards";
import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import type { UsageCounts } from "../chat-completions/repair-usage";

/** Where a model's thoughts were seen; `none`: they were only counted. */
export type SeenReasoning = NonNullable<CapabilityCard["reasoningField"]>;

/** One answer of a reply, as far as a probe looks at it. */
export type ReplyChoice = {
  /** Without its thoughts. */
  text: string;
  toolCalls: number;
  finish: string | null;
};

/** What came of one small request. */
export type Reply = {
  /** It was answered as it was asked; else `failure` says why not. */
  isOk: boolean;
  /** It was understood, and refused for what was in it. */
  isRefused: boolean;
  /** Null where the provider did not answer at all. */
  status: number | null;
  failure: { code: ErrorCode; details: ErrorDetails; waitMs: number | null } | null;
  form: "document" | "stream" | null;
  choices: ReplyChoice[];
  /** Null where none was seen. */
  reasoning: SeenReasoning | null;
  usage: UsageCounts | null;
  /** The provider's words in refusing, to look for names in; they go no further. */
  words: string;
  /** From the request's start to the first byte of the answer's body, and to its end. */
  firstMs: number;
  totalMs: number;
};

/** The first answer of a reply; empty where there is none. */
export function firstChoice({ choices }: Reply): ReplyChoice {
  return choices[0] ?? { text: "", toolCalls: 0, finish: null };
}
