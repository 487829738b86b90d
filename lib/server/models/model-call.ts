import "server-only";
import type { RetryNotice } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { AnswerFinish } from "@/lib/domain/answer/outcome";
import type { AnswerDelta } from "@/lib/domain/answer/think-tags";
import type { ResolvedModel } from "../db/models";
import type { CallTimeouts } from "./call-timeouts";

export type PromptMessage = { role: "system" | "user" | "assistant"; text: string };

export type ModelCall = {
  actor: Actor;
  model: ResolvedModel;
  prompt: PromptMessage[];
  /** Tokens of the prompt by our own count, for when the provider reports none. */
  inputTokens: number;
  timeouts: CallTimeouts;
  /** Told of every request that was made, after its end: also of those that failed. */
  onAttempt: (attempt: CallAttempt) => void;
  /** Aborted when the call is to end; its `reason` says why. */
  signal: AbortSignal;
};

export type ModelEvent =
  | AnswerDelta
  /** The gate waits before another try; the next event of any other kind ends the wait. */
  | { type: "waiting"; retry: RetryNotice }
  | { type: "finish"; reason: AnswerFinish };
