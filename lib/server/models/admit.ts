import "server-only";
import { AppError } from "@/lib/domain/errors/app-error";
import type { ResolvedModel } from "../db/aliases";
import type { GatePolicy } from "./gate-policy";
import type { ModelEvent } from "./model-call";
import type { Pass } from "./model-breaker";
import { waitForPlace } from "./wait-for-place";

/** Leave to make one request. */
export type Admission = {
  /** Null for the demo, which cannot fail. */
  pass: Pass | null;
  /** How long it took; counts against the time until the first token. */
  waitedMs: number;
  /** Called when the request is over, whatever became of it. */
  release: () => void;
};

type Request = {
  model: ResolvedModel;
  policy: GatePolicy;
  hasOwnKey: boolean;
  /** Until the first token, in milliseconds. */
  limitMs: number;
  /** Requests of this call at most, for the notice. */
  of: number;
  signal: AbortSignal;
};

/**
 * Waits until a request to a model may be made: for a place at its provider, and for its breaker.
 *
 * @throws AppError `provider_busy` or `provider_resting`; the signal's reason when it is aborted.
 */
export async function* admit({
  model,
  policy,
  hasOwnKey,
  limitMs,
  of,
  signal,
}: Request): AsyncGenerator<ModelEvent, Admission, undefined> {
  const startedMs = performance.now();
  const { id: providerId, callSettings, kind } = model.provider;
  const place = policy.places.take(providerId, callSettings.concurrency ?? null);
  let isAdmitted = false;
  try {
    signal.throwIfAborted();
    yield* waitForPlace(place, { limitMs, of, signal });
    const entry =
      kind === "demo" ? null : await policy.breaker.enter(model.id, { signal, hasOwnKey });
    if (entry?.kind === "resting") {
      const retryAfterSeconds = Math.ceil(entry.retryAfterMs / 1000);
      throw new AppError("provider_resting", { details: { retryAfterSeconds } });
    }
    isAdmitted = true;
    const pass = entry?.pass ?? null;
    return {
      pass,
      waitedMs: performance.now() - startedMs,
      release: () => {
        // Only counts where nothing else was said: stopped, or whoever read it left.
        pass?.settle("none");
        place.release();
      },
    };
  } finally {
    if (!isAdmitted) place.release();
  }
}
