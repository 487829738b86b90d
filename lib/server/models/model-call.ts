import "server-only";
import type { RetryNotice } from "@/lib/contracts/chat";
import type { Failover } from "@/lib/contracts/messages";
import type { Parameters } from "@/lib/contracts/parameters";
import type { CallKind } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { AnswerFinish } from "@/lib/domain/answer/outcome";
import type { AnswerDelta } from "@/lib/domain/answer/think-tags";
import type { ContextPlan } from "@/lib/domain/context/plan";
import type { ResolvedModel } from "../db/aliases";
import type { CallContext } from "./call-context";
import type { CallTimeouts } from "./call-timeouts";

/** What a call is for, and on whose receipt it is. */
export type CallPurpose = {
  /** Names the call in the books; never used twice. */
  callId: string;
  kind: CallKind;
  conversationId: string | null;
  /** The answer that it writes, or that caused it. */
  answerId: string | null;
};

/** One call of the gate: the first of its models that works answers. */
export type ModelCall = {
  actor: Actor;
  purpose: CallPurpose;
  /** In the order in which they are tried; at least one. */
  targets: readonly ResolvedModel[];
  /** What may be said; each model is sent what fits it. */
  context: CallContext;
  parameters: Parameters;
  /** How many answers to ask for in one request, where the model can; 1 unless said. */
  n?: number;
  /** The instance's; a provider's own settings come before them. */
  timeouts: CallTimeouts;
  /** Told of every request that was made, after its end: also of those that failed. */
  onAttempt: (attempt: CallAttempt) => void;
  /** Aborted when the call is to end; its `reason` says why. */
  signal: AbortSignal;
};

/** What a model is sent, for the books. */
export type SentPrompt = {
  /** By our own count, for when the provider reports none. */
  inputTokens: number;
  plan: ContextPlan;
  /** The provider found more too long, and it was cut once more. */
  isCutAgain: boolean;
  /** A budget allows no longer answer than this. */
  budgetLimit: { tokens: number; budget: string } | null;
};

export type ModelEvent =
  /** `candidate` counts from 0 where several answers were asked for. */
  | (AnswerDelta & { candidate?: number })
  /** Which model is asked now; told before its first request, and again when another one is. */
  | { type: "asking"; model: ResolvedModel; failover: Failover | null; sent: SentPrompt }
  /** The gate waits before another try; the next event of any other kind ends the wait. */
  | { type: "waiting"; retry: RetryNotice }
  | { type: "finish"; reason: AnswerFinish; candidate?: number };
