import { readUIMessageStream, type UIMessageChunk } from "ai";
import { describe, expect, it, vi } from "vitest";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import { streamLiveAnswer, streamStoredAnswer } from "./answer-stream";
import { AnswerAbort, LiveAnswer } from "./live-answer";

const metadata: AnswerMetadata = {
  conversationId: "conversation",
  generationId: "generation-1",
  parentId: "question",
  status: "streaming",
  model: "Model",
  errorCode: null,
  errorDetails: null,
};
const done: AnswerMetadata = { ...metadata, status: "complete" };

const startAnswer = () =>
  new LiveAnswer({
    id: "answer",
    conversationId: "conversation",
    generationId: "generation",
    actor: { userId: "user", role: "member" },
    metadata,
  });

const readText = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

/** Parses as the AI SDK's transport does: events of JSON, ended by [DONE]. */
function toChunks(text: string): ReadableStream<UIMessageChunk> {
  const events = text
    .split("\n\n")
    .filter((event) => event !== "" && event !== "data: [DONE]")
    .map((event) => JSON.parse(event.replace(/^data: /, "")) as UIMessageChunk);
  return new ReadableStream({
    start(controller) {
      for (const event of events) controller.enqueue(event);
      controller.close();
    },
  });
}

describe("streamLiveAnswer", () => {
  it("tells who comes in the middle of a wait what is left of it", async () => {
    const now = vi.spyOn(performance, "now").mockReturnValue(1_000);
    const answer = startAnswer();
    answer.setRetry({ attempt: 2, of: 3, waitMs: 8_000, errorCode: "provider_rate_limited" });
    now.mockReturnValue(6_000);
    const reader = streamLiveAnswer(answer).getReader();
    const { value } = await reader.read();
    now.mockRestore();
    await reader.cancel();
    const first = new TextDecoder().decode(value).split("\n\n")[0];
    expect(JSON.parse(first?.slice(6) ?? "")).toMatchObject({
      type: "start",
      messageMetadata: { retry: { attempt: 2, waitMs: 3_000 } },
    });
  });

  it("is understood by the AI SDK's own reader", async () => {
    const answer = startAnswer();
    const text = readText(streamLiveAnswer(answer));
    answer.append("reasoning", "Let me ");
    answer.append("reasoning", "see.");
    answer.append("text", "It is ");
    await Promise.resolve();
    answer.append("text", "four.");
    answer.end(done);
    let last;
    for await (const message of readUIMessageStream({ stream: toChunks(await text) }))
      last = message;
    expect(last?.id).toBe("answer");
    expect(last?.metadata).toEqual(done);
    expect(last?.parts.filter((part) => part.type !== "step-start")).toMatchObject([
      { type: "reasoning", text: "Let me see.", state: "done" },
      { type: "text", text: "It is four.", state: "done" },
    ]);
  });

  it("gives a late reader all from the start, and both the same text", async () => {
    const answer = startAnswer();
    const early = readText(streamLiveAnswer(answer));
    answer.append("text", "one ");
    await new Promise((resolve) => setTimeout(resolve, 5));
    answer.append("text", "two ");
    const late = readText(streamLiveAnswer(answer));
    answer.append("text", "three");
    answer.end(done);
    for (const text of [await early, await late]) {
      const deltas = [...text.matchAll(/"delta":"([^"]*)"/g)].map(([, delta]) => delta);
      expect(deltas.join("")).toBe("one two three");
      expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
    }
  });

  it("gives a slow reader fewer, larger pieces, and nobody waits for it", async () => {
    const answer = startAnswer();
    const reader = streamLiveAnswer(answer).getReader();
    await reader.read();
    for (let n = 0; n < 1000; n++) answer.append("text", "x");
    answer.end(done);
    let pieces = 0;
    for (let result = await reader.read(); !result.done; result = await reader.read()) pieces += 1;
    expect(pieces).toBeLessThan(5);
    expect(answer.parts()).toEqual([{ type: "text", text: "x".repeat(1000) }]);
  });

  it("does not end the answer when a reader leaves", async () => {
    const answer = startAnswer();
    await streamLiveAnswer(answer).cancel();
    expect(answer.signal.aborted).toBe(false);
    answer.abort("user_stop");
    expect(answer.signal.reason).toBeInstanceOf(AnswerAbort);
  });

  it("says that it is alive while the model is silent, and waits for nothing after its reader left", async () => {
    vi.useFakeTimers();
    try {
      const answer = startAnswer();
      const reader = streamLiveAnswer(answer).getReader();
      await reader.read();
      const silence = reader.read();
      await vi.advanceTimersByTimeAsync(15_000);
      expect(new TextDecoder().decode((await silence).value)).toBe(": alive\n\n");
      await reader.cancel();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("takes nothing more after the end", () => {
    const answer = startAnswer();
    answer.append("text", "all");
    answer.end(done);
    answer.append("text", " and more");
    expect(answer.parts()).toEqual([{ type: "text", text: "all" }]);
  });
});

describe("streamStoredAnswer", () => {
  it("tells clients of the SDK of a failure", async () => {
    const failed = { ...metadata, status: "failed", errorCode: "provider_failed" } as const;
    const text = await readText(streamStoredAnswer("answer", [], failed));
    expect(text).toContain('{"type":"error","errorText":"provider_failed"}');
  });
});
