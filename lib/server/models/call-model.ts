import "server-only";
import type { LanguageModelV4FinishReason, LanguageModelV4Usage } from "@ai-sdk/provider";
import { cleanText } from "@/lib/contracts/text";
import { ThinkTagSplitter } from "@/lib/domain/answer/think-tags";
import { demoStream } from "./demo-stream";
import { ModelCallError } from "./model-call-error";
import { openProviderStream } from "./open-provider-stream";
import { IdleWatch } from "./idle-watch";
import type { ModelCall, ModelEvent, ReportedUsage } from "./model-call";

/**
 * The one gate to every model. Later stations (who may use it, redact, fit, hold, retry, failover,
 * record, settle) are added here, so that no call can pass them by.
 *
 * @throws ModelCallError when the call fails, before or after the first delta; the signal's reason
 * when it was aborted.
 */
export async function* callModel(call: ModelCall): AsyncGenerator<ModelEvent, void, undefined> {
  if (call.model.provider.kind === "demo") {
    yield* demoStream(call.prompt, call.signal);
    return;
  }
  const watch = new IdleWatch(call.timeouts, call.signal);
  const thinkTags = new ThinkTagSplitter();
  let finish: ModelEvent | null = null;
  try {
    const stream = await openProviderStream(call.model, call.prompt, watch.signal);
    const reader = stream.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (value.type === "text-delta") {
          watch.touch();
          yield* thinkTags.push(cleanText(value.delta));
        } else if (value.type === "reasoning-delta") {
          watch.touch();
          if (value.delta !== "") yield { type: "reasoning", delta: cleanText(value.delta) };
        } else if (value.type === "error") {
          throw ModelCallError.from(value.error);
        } else if (value.type === "finish") {
          const reason = readFinishReason(value.finishReason);
          finish = { type: "finish", reason, usage: readUsage(value.usage) };
        }
      }
    } finally {
      // Whoever stops reading us early closes the provider's connection too.
      await reader.cancel().catch(() => undefined);
    }
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    throw ModelCallError.from(watch.signal.aborted ? watch.signal.reason : error);
  } finally {
    watch.end();
  }
  yield* thinkTags.end();
  yield (
    finish ?? {
      type: "finish",
      reason: "none",
      usage: { inputTokens: null, outputTokens: null },
    }
  );
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
