import "server-only";
import type { ResolvedModel } from "../db/aliases";
import type { OpenKey } from "../providers/provider-key";
import type { ModelCall } from "./model-call";
import type { PromptMessage } from "./prompt-message";

/** A call at one of its models, with one of the keys of its provider. */
export type TargetCall = Omit<ModelCall, "targets" | "context"> & {
  model: ResolvedModel;
  prompt: PromptMessage[];
  /** By our own count, for when the provider reports none. */
  inputTokens: number;
  /** Tokens of the window that are left for the answer; null where that is unknown. */
  outputRoom: number | null;
  /** Null where the provider needs none. */
  key: OpenKey | null;
};
