import { describe, expect, it, vi } from "vitest";
import type { AnswerChunk } from "@/lib/contracts/chat";
import { createQueueRunner } from "./queue-runner";
import { createQueueStorage } from "./queue-storage";
import {
  answerStream,
  metadata,
  posts,
  refusal,
  saved,
  settled,
  setUp,
  texts,
} from "./testing-conversation";
import { testBranch } from "./testing-messages";

type SetUp = Parameters<typeof setUp>;

/** A tab: a conversation with its queue. Tabs that share a storage share locks as well. */
function openTab(
  script: SetUp[0],
  state: SetUp[1] = saved,
  shared = { kept: new Map<string, string>(), chain: Promise.resolve() },
) {
  const tab = setUp(script, state);
  let ids = 0;
  const queue = createQueueRunner(tab.store, {
    storage: createQueueStorage(() => ({
      getItem: (key) => shared.kept.get(key) ?? null,
      setItem: (key, value) => void shared.kept.set(key, value),
      removeItem: (key) => void shared.kept.delete(key),
    })),
    drafts: tab.drafts,
    newId: () => `queued-${String(++ids)}`,
    runAlone: async (_name, run) => {
      shared.chain = shared.chain.then(run);
      await shared.chain;
    },
  });
  return { ...tab, queue, shared };
}

const queued = ({ queue }: ReturnType<typeof openTab>) =>
  queue.view.get().items.map(({ text }) => text);

/** A whole answer to the message that was posted last. */
const reply = (tab: () => ReturnType<typeof openTab>, text: string) => () => {
  const parentId = posts(tab().calls).at(-1)?.message?.id ?? "";
  const chunks: AnswerChunk[] = [
    {
      type: "start",
      messageId: `answer to ${parentId}`,
      messageMetadata: metadata("streaming", parentId),
    },
    { type: "text-delta", id: "1", delta: text },
    { type: "finish", messageMetadata: metadata("complete", parentId) },
  ];
  return new Response(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("")).body;
};

describe("a queue behind an answer", () => {
  it("goes out in order, each message under the id that it had while it waited", async () => {
    const tab: ReturnType<typeof openTab> = openTab({
      postTurn: [reply(() => tab, "one"), reply(() => tab, "two"), reply(() => tab, "three")],
    });
    tab.store.send("First", null);
    tab.queue.add("Second", "model-2");
    tab.queue.add("Third", null);
    expect(queued(tab)).toEqual(["Second", "Third"]);
    await vi.waitUntil(() => queued(tab).length === 0 && posts(tab.calls).length === 3);
    await settled(tab.store);
    const sent = posts(tab.calls).slice(1);
    expect(sent.map(({ message, model }) => [message?.id, model])).toEqual([
      ["queued-1", "model-2"],
      ["queued-2", undefined],
    ]);
    expect(tab.shared.kept.size).toBe(0);
  });

  it("is held after a stop, and goes on after a person has sent its head", async () => {
    const tab: ReturnType<typeof openTab> = openTab({
      postTurn: [() => answerStream("message-1", "Half", "stopped"), reply(() => tab, "Whole")],
    });
    tab.store.send("First", null);
    tab.queue.add("Second", null);
    await settled(tab.store);
    expect(tab.queue.judge()).toBe("held");
    expect(posts(tab.calls)).toHaveLength(1);
    await tab.queue.sendNow("queued-1");
    await settled(tab.store);
    expect(queued(tab)).toEqual([]);
    expect(posts(tab.calls)).toHaveLength(2);
  });

  it("keeps a message that the server refuses, and tries it no more by itself", async () => {
    const tab = openTab({
      postTurn: [
        () => answerStream("message-1", "One", "complete"),
        () => {
          throw refusal("answer_in_progress");
        },
      ],
      readMessages: [() => ({ messages: testBranch("u1", "a1"), before: null, after: null })],
    });
    tab.store.send("First", null);
    tab.queue.add("Second", null);
    await vi.waitUntil(() => posts(tab.calls).length === 2 && tab.store.get().notice !== null);
    await settled(tab.store);
    expect(queued(tab)).toEqual(["Second"]);
    expect(tab.queue.judge()).toBe("held");
    expect(tab.store.get().returnedText).toBeNull();
    expect(posts(tab.calls)).toHaveLength(2);
  });

  it("lets go of a message that waits on the page to be tried again", async () => {
    const tab = openTab({
      postTurn: [
        () => answerStream("message-1", "One", "complete"),
        () => {
          throw refusal("internal");
        },
      ],
    });
    tab.store.send("First", null);
    tab.queue.add("Second", null);
    await vi.waitUntil(() => tab.store.get().turn.phase === "unsent");
    await vi.waitUntil(() => queued(tab).length === 0);
    tab.store.takeBack();
    expect(tab.store.get().returnedText).toBe("Second");
    expect(queued(tab)).toEqual([]);
  });
});

describe("a queue that is found again", () => {
  const waiting = JSON.stringify({
    items: [{ id: "queued-9", text: "Second", modelId: null }],
    behindId: "u1",
  });
  const key = "parley.queue.conversation-1";

  it("goes out at the next visit, when the answer before it has ended", async () => {
    const shared = { kept: new Map([[key, waiting]]), chain: Promise.resolve() };
    const tab: ReturnType<typeof openTab> = openTab(
      { postTurn: [reply(() => tab, "Two")] },
      saved,
      shared,
    );
    tab.queue.look();
    await vi.waitUntil(() => queued(tab).length === 0);
    expect(posts(tab.calls).map(({ message }) => message?.id)).toEqual(["queued-9"]);
  });

  it("drops what the server has already", async () => {
    const shared = { kept: new Map([[key, waiting]]), chain: Promise.resolve() };
    const messages = [...testBranch("u1", "a1", "queued-9", "a9")];
    const tab = openTab({}, { isSaved: true, messages }, shared);
    await tab.queue.sendNow("queued-9");
    expect(queued(tab)).toEqual([]);
    expect(posts(tab.calls)).toEqual([]);
  });

  it("goes out from one of two tabs", async () => {
    const shared = { kept: new Map([[key, waiting]]), chain: Promise.resolve() };
    const one: ReturnType<typeof openTab> = openTab(
      { postTurn: [reply(() => one, "Two")] },
      saved,
      shared,
    );
    const other = openTab({}, saved, shared);
    one.queue.look();
    other.queue.look();
    await vi.waitUntil(() => shared.kept.size === 0);
    await settled(one.store);
    expect(posts(one.calls)).toHaveLength(1);
    expect(posts(other.calls)).toHaveLength(0);
    expect(texts(one.store.get()).at(-1)).toBe("Two");
  });
});

it("a queue lives as long as the page where nothing can be stored", () => {
  const tab = setUp({ postTurn: [() => new ReadableStream()] }, saved);
  const queue = createQueueRunner(tab.store, {
    storage: createQueueStorage(() => {
      throw new Error("forbidden");
    }),
    drafts: tab.drafts,
    newId: () => "queued-1",
    runAlone: (_name, run) => run(),
  });
  tab.store.send("First", null);
  expect(queue.add("Second", null)).toBe(true);
  expect(queue.view.get()).toMatchObject({ isKept: false, items: [{ text: "Second" }] });
});
