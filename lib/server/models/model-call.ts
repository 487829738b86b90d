import "server-only";
import type { Actor } from "@/lib/domain/actor";
import type { ResolvedModel } from "../db/models";
import type { CallTimeouts } from "./idle-watch";

export type PromptMessage = { role: "system" | "user" | "assistant"; text: string };

export type ModelCall = {
  actor: Actor;
  model: ResolvedModel;
  prompt: PromptMessage[];
  timeouts: CallTimeouts;
  /** Aborted when the call is to end; its `reason` says why. */
  signal: AbortSignal;
};

/** Tokens as the provider reports them; null where it does not, or reports nonsense. */
export type ReportedUsage = { inputTokens: number | null; outputTokens: number | null };

export type ModelEvent =
  | { type: "text" | "reasoning"; delta: string }
  | {
      type: "finish";
      /** `none`: the stream ended without a finish reason, so it was cut. */
      reason: "stop" | "length" | "content-filter" | "other" | "none";
      usage: ReportedUsage;
    };
