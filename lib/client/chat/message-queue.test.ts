import { describe, expect, it } from "vitest";
import type { Turn } from "./conversation-state";
import {
  advance,
  dequeue,
  emptyQueue,
  enqueue,
  judgeQueue,
  parseQueue,
  putBack,
  queueLimit,
  settle,
  type MessageQueue,
} from "./message-queue";
import { testMessage } from "./testing-messages";

const item = (id: string) => ({ id, text: `text of ${id}`, modelId: null });
const queueOf = (...ids: string[]): MessageQueue => ({ items: ids.map(item), behindId: "u1" });
const idsOf = ({ items }: MessageQueue) => items.map(({ id }) => id);

const idle: Turn = { phase: "idle" };
const answer = (change: Parameters<typeof testMessage>[0] | object = {}) =>
  testMessage({ id: "a1", parentId: "u1", role: "assistant", ...change });

describe("what becomes of the queue", () => {
  const judge = (change: Partial<Parameters<typeof judgeQueue>[1]>, queue = queueOf("q1")) =>
    judgeQueue(queue, { turn: idle, last: answer(), isLoaded: true, ...change });

  it("goes on when the answer that it waited for has ended by itself", () => {
    expect(judge({})).toBe("ready");
    expect(judge({ last: answer({ status: "length" }) })).toBe("ready");
    expect(judge({ last: answer({ status: "filtered" }) })).toBe("ready");
  });

  it.each(["stopped", "failed", "interrupted"] as const)(
    "is left to a person after an answer that was %s",
    (status) => {
      expect(judge({ last: answer({ status }) })).toBe("held");
    },
  );

  it("is left to a person when the conversation took another way meanwhile", () => {
    expect(judge({ last: answer({ parentId: "u9" }) })).toBe("held");
    expect(judge({ last: testMessage({ id: "u2" }) })).toBe("held");
    expect(judge({ last: undefined })).toBe("held");
  });

  it("waits while anything is under way or unknown", () => {
    expect(judge({ turn: { phase: "unsent", isRetrying: true, failure: failure } })).toBe(
      "waiting",
    );
    expect(judge({ last: answer({ status: "streaming" }) })).toBe("waiting");
    expect(judge({ isLoaded: false })).toBe("waiting");
  });

  it("is nothing when it is empty", () => {
    expect(judge({}, emptyQueue)).toBe("empty");
  });

  const failure = { code: "offline", details: null } as const;
});

describe("the order of the queue", () => {
  it("is the order of writing; the first one says whose answer is waited for", () => {
    const queue = enqueue(enqueue(emptyQueue, item("q1"), "u1"), item("q2"), "u7");
    expect(idsOf(queue)).toEqual(["q1", "q2"]);
    expect(queue.behindId).toBe("u1");
  });

  it("has an end", () => {
    const full = queueOf(...Array.from({ length: queueLimit }, (_, at) => `q${String(at)}`));
    expect(enqueue(full, item("more"), "u1")).toBe(full);
  });

  it("stays when one is taken out, put back, or wanted at once", () => {
    const queue = queueOf("q1", "q2", "q3");
    expect(idsOf(dequeue(queue, "q2"))).toEqual(["q1", "q3"]);
    expect(idsOf(putBack(dequeue(queue, "q2"), item("q2"), 1))).toEqual(["q1", "q2", "q3"]);
    expect(idsOf(advance(queue, "q3"))).toEqual(["q3", "q1", "q2"]);
    expect(advance(queue, "gone")).toBe(queue);
  });

  it("goes on behind the message that the server has", () => {
    expect(settle(queueOf("q1", "q2"), "q1")).toEqual({ ...queueOf("q2"), behindId: "q1" });
    const other = queueOf("q2");
    expect(settle(other, "q1")).toBe(other);
  });
});

describe("a stored queue", () => {
  it("comes back as it was", () => {
    const queue = { items: [{ ...item("q1"), modelId: "m1" }], behindId: "u1" };
    expect(parseQueue(JSON.parse(JSON.stringify(queue)))).toEqual(queue);
  });

  it("gives what is whole in a damaged one", () => {
    const stored = { items: [null, 7, { id: "q0" }, { id: "q1", text: "x", modelId: 3 }] };
    expect(parseQueue(stored)).toEqual({
      items: [{ id: "q1", text: "x", modelId: null }],
      behindId: null,
    });
    for (const value of [null, "x", 3, {}, { items: "x" }])
      expect(parseQueue(value)).toBe(emptyQueue);
  });
});
