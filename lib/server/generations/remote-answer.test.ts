import { describe, expect, it, vi } from "vitest";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { AnswerNews, PlacedDelta } from "./answer-source";
import { streamLiveAnswer } from "./answer-stream";
import { RemoteAnswer } from "./remote-answer";

const metadata: AnswerMetadata = {
  conversationId: "conversation",
  parentId: "question",
  generationId: "generation",
  status: "streaming",
  model: null,
  errorCode: null,
  errorDetails: null,
};

const text = (at: number, delta: string, part = 0): PlacedDelta => ({
  part,
  type: "text",
  at,
  delta,
});
const news = (...deltas: PlacedDelta[]): AnswerNews => ({ deltas, metadata: null, isOver: false });
const end = (...deltas: PlacedDelta[]): AnswerNews => ({
  deltas,
  metadata: { ...metadata, status: "complete" },
  isOver: true,
});

type Reading = AnswerNews | null | "away";

/** A source that says these things in turn, and then nothing new. */
function makeSource(...readings: Reading[]) {
  const read = vi.fn(() => {
    const next = readings.shift();
    if (next === "away") return Promise.reject(new Error("away"));
    return Promise.resolve(next === undefined ? news() : next);
  });
  return { read };
}

const follow = (fast: ReturnType<typeof makeSource> | null, stored = makeSource()) =>
  new RemoteAnswer("answer", metadata, { fast, stored });

const wholeOf = (answer: RemoteAnswer) =>
  answer
    .since(0)
    .map(({ delta }) => delta)
    .join("");

const readAll = (answer: RemoteAnswer) => new Response(streamLiveAnswer(answer)).text();

describe("a copy of an answer that another instance writes", () => {
  it("puts what it hears twice in place once", () => {
    const answer = follow(null);
    expect(answer.take(news(text(0, "one "), text(4, "two ")))).toBe(true);
    expect(answer.take(news(text(0, "one two three ")))).toBe(true);
    expect(answer.take(news(text(0, "one ")))).toBe(true);
    expect(wholeOf(answer)).toBe("one two three ");
  });

  it("does not take what comes after a gap", () => {
    const answer = follow(null);
    answer.take(news(text(0, "one ")));
    expect(answer.take(news(text(8, "three ")))).toBe(false);
    expect(wholeOf(answer)).toBe("one ");
  });

  it("keeps parts apart", () => {
    const answer = follow(null);
    answer.take(news({ part: 0, type: "reasoning", at: 0, delta: "Hm." }, text(0, "So", 1)));
    answer.take(news({ part: 0, type: "reasoning", at: 0, delta: "Hm. Yes." }, text(0, "So ", 1)));
    const parts = new Map<number, string>();
    for (const { part, delta } of answer.since(0)) parts.set(part, (parts.get(part) ?? "") + delta);
    expect([...parts.values()]).toEqual(["Hm. Yes.", "So "]);
  });

  it("asks nobody while nobody reads it", async () => {
    const fast = makeSource(news(text(0, "unread")));
    follow(fast);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(fast.read).not.toHaveBeenCalled();
  });

  it("goes over to the database when the fast way is away, and back again", async () => {
    const fast = makeSource("away", null, end(text(0, "one two three")));
    const stored = makeSource(news(text(0, "one ")), news(text(0, "one two ")));
    const answer = follow(fast, stored);
    const stream = await readAll(answer);
    expect(wholeOf(answer)).toBe("one two three");
    expect(stream).toContain('"status":"complete"');
    expect(stored.read).toHaveBeenCalledTimes(2);
  });

  it("goes over to the database when a piece is missing", async () => {
    const fast = makeSource(news(text(0, "one ")), news(text(8, "three ")), "away");
    const stored = makeSource(end(text(0, "one two three four")));
    const answer = follow(fast, stored);
    await readAll(answer);
    expect(wholeOf(answer)).toBe("one two three four");
  });

  it("looks into the database when the fast way says nothing for long: it may be left", async () => {
    const stored = makeSource({
      deltas: [text(0, "cut")],
      metadata: { ...metadata, status: "interrupted", errorCode: "server_restarted" },
      isOver: true,
    });
    const stream = await readAll(follow(makeSource(), stored));
    expect(stream).toContain('"status":"interrupted"');
  }, 10_000);

  it("breaks off without an end when nobody can be asked for long", async () => {
    vi.useFakeTimers();
    try {
      const away = { read: () => Promise.reject(new Error("away")) };
      const answer = new RemoteAnswer("answer", metadata, { fast: away, stored: away });
      const reading = readAll(answer);
      await vi.advanceTimersByTimeAsync(33_000);
      expect(await reading).not.toContain("finish");
      expect(answer.current.isLost).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
