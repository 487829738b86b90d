import "server-only";
import { readUsage } from "@/lib/domain/chat-completions/repair-usage";
import { AnswerReaders } from "./answer-readers";
import type { AttemptRecord } from "./attempt-record";
import type { ModelEvent } from "./model-call";
import type { ProviderEnding } from "./open-provider-stream";
import { openShaped } from "./open-shaped";
import { SilenceWatch } from "./silence-watch";
import type { TargetCall } from "./target-call";

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
  let answers = new AnswerReaders(1);
  let ending: ProviderEnding = { finish: undefined, usage: undefined };
  try {
    const stream = await openShaped(call, record, watch.signal);
    answers = new AnswerReaders(stream.candidates);
    record.gotHeaders();
    watch.gotHeaders();
    try {
      for (;;) {
        const pieces = await stream.deltas.next();
        if (pieces === null) break;
        watch.touch();
        for (const piece of pieces) {
          if (piece.type !== "finish") record.addContent(piece.delta);
          yield* answers.push(piece);
        }
        if (answers.areFull) break;
      }
      if (!answers.areFull) {
        ending = await stream.ending;
        record.setUsage(readUsage(ending.usage));
      }
    } finally {
      // Whoever stops reading us early closes the provider's connection too.
      await stream.close();
    }
  } catch (error) {
    // What was held back came from the provider all the same.
    yield* answers.end();
    yield* answers.finishedOnes();
    throw watch.signal.aborted ? watch.signal.reason : error;
  } finally {
    watch.end();
  }
  yield* answers.end();
  yield* answers.finish(ending.finish);
}
