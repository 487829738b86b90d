import "server-only";
import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { AnswerReader } from "@/lib/domain/answer/answer-reader";
import type { AnswerFinish } from "@/lib/domain/answer/outcome";
import { readUsage } from "@/lib/domain/chat-completions/repair-usage";
import { AppError } from "@/lib/domain/errors/app-error";
import type { AttemptRecord } from "./attempt-record";
import type { ModelCall, ModelEvent } from "./model-call";
import { openProviderStream } from "./open-provider-stream";
import { SilenceWatch } from "./silence-watch";

/**
 * One request to a provider, read to its end.
 *
 * @throws whatever the SDK, the network or the watch for silence throws; an error object of the
 * stream as it came.
 */
export async function* readProviderStream(
  call: ModelCall,
  record: AttemptRecord,
): AsyncGenerator<ModelEvent, void, undefined> {
  const watch = new SilenceWatch(call.timeouts, call.signal);
  const answer = new AnswerReader();
  let finish: AnswerFinish = "none";
  try {
    const stream = await openProviderStream(call, watch.signal);
    record.gotHeaders();
    watch.gotHeaders();
    const reader = stream.getReader();
    try {
      while (!answer.isFull) {
        const { done, value } = await reader.read();
        if (done) break;
        const delta = readDelta(value);
        if (delta !== null) {
          watch.touch();
          record.addContent(delta.delta);
          yield* answer.push(delta);
        } else if (value.type === "error") {
          throw value.error;
        } else if (value.type === "finish") {
          record.setUsage(readUsage(value.usage.raw));
          finish = readFinish(value.finishReason);
        }
      }
    } finally {
      // Whoever stops reading us early closes the provider's connection too.
      await reader.cancel().catch(() => undefined);
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

function readDelta(part: LanguageModelV4StreamPart) {
  if (part.type === "text-delta") return { type: "text", delta: part.delta } as const;
  return part.type === "reasoning-delta"
    ? ({ type: "reasoning", delta: part.delta } as const)
    : null;
}

// The reason as the mender of the stream has put it, not as the SDK maps it: there a refusal is a
// filter, and what it does not know is no end.
function readFinish({ raw }: LanguageModelV4FinishReason): AnswerFinish {
  switch (raw) {
    case undefined:
      return "none";
    case "stop":
    case "length":
      return raw;
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
