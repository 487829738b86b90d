import "server-only";
import type { ResolvedModel } from "../db/aliases";
import type { OpenKey } from "../providers/provider-key";
import type { ModelCall } from "./model-call";

/** A call at one of its models, with one of the keys of its provider. */
export type TargetCall = Omit<ModelCall, "targets"> & {
  model: ResolvedModel;
  /** Null where the provider needs none. */
  key: OpenKey | null;
};
