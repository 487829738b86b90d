import { describe, expect, it } from "vitest";
import type { AnswerChunk, AnswerMetadata } from "@/lib/contracts/chat";
import { applyChunks } from "./answer-reducer";

const now = new Date("2026-01-02T03:04:05Z");

const metadata: AnswerMetadata = {
  conversationId: "conversation-1",
  parentId: "user-message-1",
  generationId: "generation-1",
  status: "streaming",
  model: "Plain",
  errorCode: null,
  errorDetails: null,
};

const start: AnswerChunk = { type: "start", messageId: "answer-1", messageMetadata: metadata };
const say = (text: string): AnswerChunk => ({ type: "text-delta", id: "1", delta: text });
const apply = (...chunks: AnswerChunk[]) => applyChunks(null, chunks, now);

describe("an answer that streams", () => {
  it("begins as an empty streaming message that follows the user's", () => {
    expect(apply(start)?.message).toMatchObject({
      id: "answer-1",
      parentId: "user-message-1",
      role: "assistant",
      status: "streaming",
      model: "Plain",
      parts: [],
    });
  });

  it("keeps text and reasoning apart, in the order in which they began", () => {
    const answer = apply(
      start,
      { type: "reasoning-start", id: "1" },
      { type: "reasoning-delta", id: "1", delta: "Hm" },
      { type: "reasoning-end", id: "1" },
      { type: "text-start", id: "1" },
      say("Hel"),
      say("lo"),
    );
    expect(answer?.message.parts).toEqual([
      { type: "reasoning", text: "Hm" },
      { type: "text", text: "Hello" },
    ]);
  });

  it("keeps text whose start chunk was lost", () => {
    expect(apply(start, say("a"), say("b"))?.message.parts).toEqual([{ type: "text", text: "ab" }]);
  });

  it("gives the same message however the chunks are batched", () => {
    const chunks = [start, say("你"), say("好"), say("!")];
    const inOne = applyChunks(null, chunks, now);
    const oneByOne = chunks.reduce(
      (answer, chunk) => applyChunks(answer, [chunk], now),
      applyChunks(null, [], now),
    );
    expect(oneByOne).toEqual(inOne);
  });

  it("ends with the status, the reason and the title of the finish chunk", () => {
    const answer = apply(start, say("half"), {
      type: "finish",
      messageMetadata: {
        ...metadata,
        status: "interrupted",
        errorCode: "connection_lost",
        errorDetails: { model: "plain" },
        title: "A title",
      },
    });
    expect(answer?.isFinished).toBe(true);
    expect(answer?.title).toBe("A title");
    expect(answer?.message).toMatchObject({
      status: "interrupted",
      errorCode: "connection_lost",
      errorDetails: { model: "plain" },
      parts: [{ type: "text", text: "half" }],
    });
  });

  it("is never complete after an error chunk, and keeps what came", () => {
    const answer = apply(start, say("half"), { type: "error", errorText: "boom" });
    expect(answer?.message).toMatchObject({
      status: "failed",
      errorCode: "internal",
      parts: [{ type: "text", text: "half" }],
    });
  });

  it("tells until when the provider is given time, by the browser's clock", () => {
    const wait = { attempt: 2, of: 3, waitMs: 12_000, errorCode: "provider_rate_limited" } as const;
    const waiting = apply(start, {
      type: "message-metadata",
      messageMetadata: { ...metadata, retry: wait },
    });
    expect(waiting?.retry).toEqual({
      attempt: 2,
      of: 3,
      errorCode: "provider_rate_limited",
      untilMs: now.getTime() + 12_000,
    });
    const trying = { type: "message-metadata", messageMetadata: metadata } as const;
    expect(applyChunks(waiting, [trying], now)?.retry).toBeNull();
  });

  it("knows which generation writes it", () => {
    expect(apply(start)?.generationId).toBe("generation-1");
  });

  it("is null as long as nothing started", () => {
    expect(apply(say("stray"))).toBeNull();
  });

  it("begins anew when a stream is replayed from its start", () => {
    const first = apply(start, say("abc"));
    expect(applyChunks(first, [start, say("ab")], now)?.message.parts).toEqual([
      { type: "text", text: "ab" },
    ]);
  });

  it("does not change an earlier snapshot", () => {
    const before = apply(start, say("a"));
    const copy = structuredClone(before);
    applyChunks(before, [say("b")], now);
    expect(before).toEqual(copy);
  });

  it("passes over kinds of chunk that it does not know", () => {
    const unknown = { type: "data-later" } as unknown as AnswerChunk;
    expect(apply(start, unknown, say("x"))?.message.parts).toHaveLength(1);
  });

  it("says which model answers in place of another as soon as that is known", () => {
    const failover = {
      skipped: [{ model: "A", provider: "One", errorCode: "provider_unreachable" as const }],
      model: "B",
      provider: "Two",
    };
    const told = { type: "message-metadata" as const, messageMetadata: { ...metadata, failover } };
    expect(apply(start)?.message.failover).toBeNull();
    expect(apply(start, told, say("Hi"))?.message.failover).toEqual(failover);
    const end = { ...metadata, status: "complete" as const };
    const finish = { type: "finish" as const, messageMetadata: end };
    expect(apply(start, told, finish)?.message.failover).toEqual(failover);
  });
});
