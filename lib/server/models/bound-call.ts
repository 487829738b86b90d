import "server-only";
import { boundTarget, type TargetBounds } from "@/lib/domain/ledger/estimate";
import type { ResolvedModel } from "../db/aliases";
import type { FittedCall } from "./fit-call";
import type { ModelCall } from "./model-call";
import { priceOf } from "./price-of";

/** A limit of the answer that is worth asking with, in tokens. */
const leastTokens = 256;
/** The longest answer of a model of which neither a limit nor a window is known. */
const plainMostTokens = 16_384;

/** A model that a call may ask, and what it would be sent. */
export type AskedModel = {
  model: ResolvedModel;
  fitted: Pick<FittedCall, "mostInputTokens" | "outputRoom">;
  /** A key of the member's own pays it. */
  hasOwnKey: boolean;
};

type CallToBound = Pick<ModelCall, "parameters" | "n">;

/**
 * What a call can use at most, at each of its models.
 *
 * @param rateMicros micro-units of CNY for a USD; null where none is set.
 */
export function boundCall(
  call: CallToBound,
  asked: readonly AskedModel[],
  rateMicros: number | null,
): { wantedTokens: number; leastTokens: number; bounds: TargetBounds[] } {
  const bounds = asked.map(({ model, fitted, hasOwnKey }) =>
    boundTarget(
      {
        inputTokens: fitted.mostInputTokens,
        mostOutputTokens: findMostOutput(call, model, fitted).most,
        answers: call.n ?? 1,
        payer: hasOwnKey ? "member" : "team",
        price: priceOf(model),
      },
      rateMicros,
    ),
  );
  return { wantedTokens: Math.max(...bounds.map(({ most }) => most)), leastTokens, bounds };
}

/** The longest answer that a model can write; not bounded where nothing is known of that. */
export function findMostOutput(
  { parameters }: CallToBound,
  { maxOutputTokens }: ResolvedModel,
  { outputRoom }: AskedModel["fitted"],
): { most: number; isBounded: boolean } {
  const known = [parameters.maxOutputTokens, maxOutputTokens, outputRoom].filter(
    (limit) => limit != null,
  );
  return known.length === 0
    ? { most: plainMostTokens, isBounded: false }
    : { most: Math.max(0, Math.min(...known)), isBounded: true };
}
