import "server-only";
import type { LanguageModelV4FinishReason, LanguageModelV4Usage } from "@ai-sdk/provider";
import { cleanText } from "@/lib/contracts/text";
import { ThinkTagSplitter } from "@/lib/domain/answer/think-tags";
import type { AttemptRecord, ReportedUsage } from "./attempt-record";
import { IdleWatch } from "./idle-watch";
import type { ModelCall, ModelEvent } from "./model-call";
import { ModelCallError } from "./model-call-error";
import { openProviderStream } from "./open-provider-stream";

/**
 * One request to a provider, read to its end.
 *
 * @throws whatever the SDK, the network or the watch for silence throws.
 */
export async function* readProviderStream(
  call: ModelCall,
  record: AttemptRecord,
): AsyncGenerator<ModelEvent, void, undefined> {
  const watch = new IdleWatch(call.timeouts, call.signal);
  const thinkTags = new ThinkTagSplitter();
  let finish: ModelEvent = { type: "finish", reason: "none" };
  try {
    const stream = await openProviderStream(call.model, call.prompt, watch.signal);
    const reader = stream.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (value.type === "text-delta") {
          watch.touch();
          record.addContent(value.delta);
          yield* thinkTags.push(cleanText(value.delta));
        } else if (value.type === "reasoning-delta") {
          watch.touch();
          record.addContent(value.delta);
          if (value.delta !== "") yield { type: "reasoning", delta: cleanText(value.delta) };
        } else if (value.type === "error") {
          throw ModelCallError.from(value.error);
        } else if (value.type === "finish") {
          record.setUsage(readUsage(value.usage));
          finish = { type: "finish", reason: readFinishReason(value.finishReason) };
        }
      }
    } finally {
      // Whoever stops reading us early closes the provider's connection too.
      await reader.cancel().catch(() => undefined);
    }
  } catch (error) {
    throw watch.signal.aborted ? watch.signal.reason : error;
  } finally {
    watch.end();
  }
  yield* thinkTags.end();
  yield finish;
}

function readFinishReason({ unified, raw }: LanguageModelV4FinishReason) {
  if (raw === undefined || unified === "interrupted") return "none";
  if (unified === "stop" || unified === "length" || unified === "content-filter") return unified;
  return "other";
}

// More than any model's window; a larger figure is a provider's mistake.
const mostTokens = 100_000_000;

function readUsage(usage: LanguageModelV4Usage): ReportedUsage {
  const read = (tokens: number | undefined) =>
    Number.isInteger(tokens) && tokens !== undefined && tokens >= 0 && tokens <= mostTokens
      ? tokens
      : null;
  return {
    inputTokens: read(usage.inputTokens.total),
    outputTokens: read(usage.outputTokens.total),
  };
}
