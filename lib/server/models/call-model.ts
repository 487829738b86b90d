import "server-only";
import { demoStream } from "./demo-stream";
import { AttemptRecord } from "./attempt-record";
import { ModelCallError } from "./model-call-error";
import type { ModelCall, ModelEvent } from "./model-call";
import { readProviderStream } from "./read-provider-stream";

/**
 * The one gate to every model. Later stations (who may use it, redact, fit, hold, failover,
 * settle) are added here, so that no call can pass them by.
 *
 * @throws ModelCallError when the call fails, before or after the first delta; the signal's reason
 * when it was aborted.
 */
export async function* callModel(call: ModelCall): AsyncGenerator<ModelEvent, void, undefined> {
  const record = new AttemptRecord(call, 1);
  let hasEnded = false;
  const end = (closing: Parameters<AttemptRecord["close"]>[0]) => {
    if (!hasEnded) call.onAttempt(record.close(closing));
    hasEnded = true;
  };
  try {
    const isDemo = call.model.provider.kind === "demo";
    yield* isDemo ? demoStream(call, record) : readProviderStream(call, record);
    end({ outcome: "answered" });
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    const failure = ModelCallError.from(error);
    end({ outcome: "failed", errorCode: failure.code });
    throw failure;
  } finally {
    // Aborted, or whoever read us left.
    end({ outcome: "aborted" });
  }
}
