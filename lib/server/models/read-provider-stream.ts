import "server-only";
import { AnswerReader } from "@/lib/domain/answer/answer-reader";
import type { AnswerFinish } from "@/lib/domain/answer/outcome";
import { readUsage } from "@/lib/domain/chat-completions/repair-usage";
import { AppError } from "@/lib/domain/errors/app-error";
import type { AttemptRecord } from "./attempt-record";
import type { ModelEvent } from "./model-call";
import type { TargetCall } from "./target-call";
import { openProviderStream } from "./open-provider-stream";
import { SilenceWatch } from "./silence-watch";

/**
 * One request to a provider, read to its end.
 *
 * @throws whatever the SDK, the network or the watch for silence throws; an error object of the
 * stream as it came.
 */
export async function* readProviderStream(
  call: TargetCall,
  record: AttemptRecord,
): AsyncGenerator<ModelEvent, void, undefined> {
  const watch = new SilenceWatch(call.timeouts, call.signal);
  const answer = new AnswerReader();
  let finish: AnswerFinish = "none";
  try {
    const stream = await openProviderStream(call, watch.signal);
    record.gotHeaders();
    watch.gotHeaders();
    try {
      for (;;) {
        const deltas = await stream.deltas.next();
        if (deltas === null) break;
        watch.touch();
        for (const delta of deltas) {
          record.addContent(delta.delta);
          yield* answer.push(delta);
        }
        if (answer.isFull) break;
      }
      if (!answer.isFull) {
        const { usage, finish: name } = await stream.ending;
        record.setUsage(readUsage(usage));
        finish = readFinish(name);
      }
    } finally {
      // Whoever stops reading us early closes the provider's connection too.
      await stream.close();
    }
  } catch (error) {
    // What was held back came from the provider all the same.
    yield* answer.end();
    throw watch.signal.aborted ? watch.signal.reason : error;
  } finally {
    watch.end();
  }
  yield* answer.end();
  yield { type: "finish", reason: answer.isFull ? "length" : finish };
}

// The reason as the mender of the stream has put it, not as the SDK maps it: there a refusal is a
// filter, and what it does not know is no end.
function readFinish(name: string | undefined): AnswerFinish {
  switch (name) {
    case undefined:
      return "none";
    case "stop":
    case "length":
      return name;
    case "content_filter":
      return "content-filter";
    case "tool_calls":
      return "tool-calls";
    case "error":
      throw new AppError("provider_failed");
    default:
      return "other";
  }
}
