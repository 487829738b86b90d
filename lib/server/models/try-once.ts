import "server-only";
import { findKeyTrouble, judgeFailure } from "@/lib/domain/failover/decide-failover";
import { AppError } from "@/lib/domain/errors/app-error";
import { AttemptRecord } from "./attempt-record";
import { demoStream } from "./demo-stream";
import type { ModelEvent } from "./model-call";
import { ModelCallError } from "./model-call-error";
import type { Pass } from "./model-breaker";
import { readProviderStream } from "./read-provider-stream";
import type { TargetCall } from "./target-call";

export type Try = {
  call: TargetCall;
  /** Counts the requests of a call, from 1. */
  number: number;
  /** Null for a model that cannot fail. */
  pass: Pass | null;
  /** Aborted by the person, not by a limit. */
  stop: AbortSignal;
  /** Whether another key could be used at once. */
  hasOtherKey: boolean;
};

/**
 * One request, booked exactly once; the breaker hears what became of it.
 *
 * @returns what it failed with before anything of an answer came, or null.
 * @throws ModelCallError when it failed later; the signal's reason after a stop.
 */
export async function* tryOnce({
  call,
  number,
  pass,
  stop,
  hasOtherKey,
}: Try): AsyncGenerator<ModelEvent, ModelCallError | null, undefined> {
  const hasOwnKey = call.key?.owner === "member";
  const record = new AttemptRecord(call, number, {
    gotHeaders: () => pass?.gotHeaders(),
    gotContent: () => pass?.settle("answered"),
  });
  try {
    const isDemo = call.model.provider.kind === "demo";
    yield* isDemo ? demoStream(call, record) : readProviderStream(call, record);
    record.close({ outcome: "answered" });
    pass?.settle("answered");
    return null;
  } catch (error) {
    if (stop.aborted) throw error;
    const { phase } = record;
    const failure = nameOwnKey(ModelCallError.from(error, phase), hasOwnKey);
    record.close({ outcome: "failed", failure });
    if (phase === "in_content") throw failure;
    pass?.settle(judgeFailure(failure.code, { hasOwnKey, hasOtherKey }), failure.code);
    return failure;
  } finally {
    // Stopped, or whoever read us left.
    record.close({ outcome: "aborted" });
  }
}

/** What is wrong with a member's own key is theirs to mend, and no admin's. */
function nameOwnKey(failure: ModelCallError, hasOwnKey: boolean): ModelCallError {
  const trouble = hasOwnKey ? findKeyTrouble(failure.code) : null;
  if (trouble !== "refused" && trouble !== "no_credit") return failure;
  const status = failure.details?.["status"];
  const details = { reason: trouble, ...(status === undefined ? {} : { status }) };
  return ModelCallError.from(
    new AppError("own_key_refused", { cause: failure, details }),
    "before_content",
  );
}
