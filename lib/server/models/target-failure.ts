import "server-only";
import type { ModelCallError } from "./model-call-error";

/** Why a model did not answer: what its last request met, or why none was made. */
export type TargetFailure = { failure: ModelCallError; wasAsked: boolean };
