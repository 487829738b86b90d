import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { decideRetry, retryPolicy } from "@/lib/domain/retry/decide-retry";
import { AppError } from "@/lib/domain/errors/app-error";
import { logger } from "../logger";
import { readProviderKeys } from "../providers/provider-key";
import { AttemptRecord } from "./attempt-record";
import { CallTimeoutError } from "./call-timeouts";
import { demoStream } from "./demo-stream";
import type { ModelCall, ModelEvent } from "./model-call";
import { ModelCallError } from "./model-call-error";
import { readProviderStream } from "./read-provider-stream";
import type { TargetCall } from "./target-call";

/**
 * The one gate to every model. Later stations (who may use it, redact, fit, hold, failover,
 * settle) are added here, so that no call can pass them by.
 *
 * A call that fails before anything of its answer came is tried again as decideRetry says; before
 * each wait a `waiting` event tells of it.
 *
 * @throws ModelCallError when the call fails, before or after the first delta, with what its last
 * try met; the signal's reason when it was aborted.
 */
export async function* callModel(call: ModelCall): AsyncGenerator<ModelEvent, void, undefined> {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(new CallTimeoutError("TOTAL_TIMEOUT"));
  }, call.timeouts.totalMs).unref();
  const signal = AbortSignal.any([call.signal, deadline.signal]);
  const [model] = call.targets;
  if (model === undefined) throw new AppError("no_model");
  const [key = null] = readProviderKeys(model.provider);
  let waitedMs = 0;
  try {
    yield { type: "asking", model, failover: null };
    for (let attempts = 1; ; attempts += 1) {
      const failure = yield* tryOnce({ ...call, model, key, signal }, attempts, call.signal);
      if (failure === null) return;
      const retry = decideRetry({ attempts, failure: failure.classified, waitedMs }, Math.random());
      if (retry === null) throw failure;
      waitedMs += retry.countedMs;
      const { code: errorCode } = failure;
      logger().info({ errorCode, attempts, waitMs: retry.waitMs }, "a model is asked again");
      const { attempts: of } = retryPolicy;
      yield {
        type: "waiting",
        retry: { attempt: attempts + 1, of, waitMs: retry.waitMs, errorCode },
      };
      await waitFor(retry.waitMs, signal, failure);
    }
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** One request, booked exactly once. @returns what it failed with, or null. */
async function* tryOnce(
  call: TargetCall,
  number: number,
  stop: AbortSignal,
): AsyncGenerator<ModelEvent, ModelCallError | null, undefined> {
  call.signal.throwIfAborted();
  const record = new AttemptRecord(call, number);
  try {
    const isDemo = call.model.provider.kind === "demo";
    yield* isDemo ? demoStream(call, record) : readProviderStream(call, record);
    record.close({ outcome: "answered" });
    return null;
  } catch (error) {
    if (stop.aborted) throw error;
    const failure = ModelCallError.from(error, record.phase);
    record.close({ outcome: "failed", failure });
    return failure;
  } finally {
    // Stopped, or whoever read us left.
    record.close({ outcome: "aborted" });
  }
}

/** Waits, unless the call ends meanwhile: then what it was tried again for is what it met. */
async function waitFor(ms: number, signal: AbortSignal, failure: ModelCallError): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw failure;
  }
}
