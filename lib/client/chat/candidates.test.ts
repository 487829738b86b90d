import { describe, expect, it, vi } from "vitest";
import type { AnswerChunk, AnswerMetadata, Candidate } from "@/lib/contracts/chat";
import type { Candidates, MessageStatus } from "@/lib/contracts/messages";
import { textOf, type ConversationState } from "./conversation-state";
import { metadata, posts, refusal, settled, setUp } from "./testing-conversation";
import { testBranch, testMessage } from "./testing-messages";

const candidates: Candidate[] = ["first", "second", "third"].map((name) => ({
  messageId: name,
  generationId: `generation-${name}`,
  modelId: `alias-${name}`,
  model: `Model ${name}`,
}));

const metadataOf = (id: string, status: MessageStatus): AnswerMetadata => ({
  ...metadata(status, "message-1"),
  generationId: `generation-${id}`,
  model: `Model ${id}`,
  candidates,
});

/** The stream of one of the answers; without an end it breaks off. */
function stream(id: string, text: string, end?: MessageStatus): ReadableStream<Uint8Array> {
  const chunks: AnswerChunk[] = [
    { type: "start", messageId: id, messageMetadata: metadataOf(id, "streaming") },
    { type: "text-delta", id: "0", delta: text },
  ];
  if (end !== undefined) chunks.push({ type: "finish", messageMetadata: metadataOf(id, end) });
  const lines = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
  return new Response(lines).body ?? new ReadableStream();
}

/** A stream that stays open. */
const openStream = (id: string, text: string) =>
  stream(id, text).pipeThrough(new TransformStream({ flush: () => new Promise(() => undefined) }));

const stored = (...statuses: MessageStatus[]): Candidates => ({
  candidates: candidates.map(({ messageId, model }, at) => ({
    message: testMessage({
      id: messageId,
      parentId: "message-1",
      role: "assistant",
      model,
      status: statuses[at] ?? "complete",
      candidateGroup: "first",
      siblingIds: ["first", "second", "third"],
      parts: [{ type: "text", text: `stored ${messageId}` }],
    }),
    modelId: `alias-${messageId}`,
    figures: null,
  })),
});

const shown = ({ sideBySide }: ConversationState) =>
  sideBySide?.candidates.map(({ message }) => `${message.status}: ${textOf(message)}`);

const three = { compared: ["alias-1", "alias-2", "alias-3"] };

describe("a question to several models", () => {
  it("names them, and shows each answer as it comes, all on the way through the first", async () => {
    const { store, calls } = setUp(
      {
        postTurn: [() => stream("first", "one", "complete")],
        followAnswer: [
          () => stream("second", "two", "complete"),
          () => stream("third", "three", "complete"),
        ],
      },
      three,
    );
    store.send("Who?", "alias-9");
    await settled(store);
    expect(posts(calls)).toMatchObject([{ compare: ["alias-1", "alias-2", "alias-3"] }]);
    expect(store.get().modelId).toBe("alias-1");
    expect(shown(store.get())).toEqual(["complete: one", "complete: two", "complete: three"]);
    expect(store.get().messages.map(({ id }) => id)).toEqual(["message-1", "first"]);
    expect(store.get().messages.at(-1)).toMatchObject({
      siblingIds: ["first", "second", "third"],
      candidateGroup: "first",
    });
  });

  it("is not over before the last of the answers is", async () => {
    const { store } = setUp(
      {
        postTurn: [() => stream("first", "one", "complete")],
        followAnswer: [
          () => openStream("second", "two so far"),
          () => stream("third", "three", "complete"),
        ],
      },
      three,
    );
    store.send("Who?", null);
    await vi.waitUntil(() => shown(store.get())?.[1] === "streaming: two so far");
    await vi.waitUntil(() => shown(store.get())?.[0] === "complete: one");
    expect(store.get().turn.phase).toBe("answering");
  });

  it("goes on with the first that is whole when the first of all is not", async () => {
    const { store } = setUp(
      {
        postTurn: [() => stream("first", "half", "failed")],
        followAnswer: [
          () => stream("second", "", "failed"),
          () => stream("third", "three", "complete"),
        ],
      },
      three,
    );
    store.send("Who?", null);
    await settled(store);
    expect(store.get().messages.map(({ id }) => id)).toEqual(["message-1", "third"]);
  });

  it("reads from the database what ended before it could be followed", async () => {
    const { store } = setUp(
      {
        postTurn: [() => stream("first", "one", "complete")],
        followAnswer: [() => null],
        readCandidates: [() => stored()],
      },
      three,
    );
    store.send("Who?", null);
    await settled(store);
    expect(shown(store.get())).toEqual([
      "complete: one",
      "complete: stored second",
      "complete: stored third",
    ]);
  });

  it("follows one again whose connection was lost", async () => {
    const { store } = setUp(
      {
        postTurn: [() => stream("first", "one", "complete")],
        followAnswer: [
          () => stream("second", "tw"),
          () => stream("third", "three", "complete"),
          () => {
            throw refusal("offline");
          },
          () => stream("second", "two", "complete"),
        ],
      },
      three,
    );
    store.send("Who?", null);
    await settled(store);
    expect(shown(store.get())?.[1]).toBe("complete: two");
  });

  it("is read from the database while nobody sees the page", async () => {
    const { store, calls, hide } = setUp(
      {
        postTurn: [() => stream("first", "one", "complete")],
        followAnswer: [() => stream("second", "two", "complete")],
        readCandidates: [() => stored("complete", "streaming", "streaming"), () => stored()],
      },
      three,
    );
    hide(true);
    store.send("Who?", null);
    await settled(store);
    expect(calls.filter(({ name }) => name === "followAnswer")).toEqual([]);
    expect(shown(store.get())?.[2]).toBe("complete: stored third");
  });

  it("is stopped as a whole, or one answer at a time", async () => {
    const { store, calls } = setUp(
      {
        postTurn: [() => openStream("first", "one")],
        followAnswer: [() => openStream("second", "two"), () => stream("third", "3", "complete")],
        stopAnswer: [() => undefined],
      },
      three,
    );
    store.send("Who?", null);
    await vi.waitUntil(() => shown(store.get())?.[2] === "complete: 3");
    await store.stopCandidate("second");
    void store.stop();
    await vi.waitUntil(() => calls.filter(({ name }) => name === "stopAnswer").length === 3);
    expect(calls.filter(({ name }) => name === "stopAnswer").map(({ given }) => given)).toEqual([
      "generation-second",
      "generation-first",
      "generation-second",
    ]);
  });
});

describe("answers that are there", () => {
  const saved = {
    isSaved: true,
    messages: [
      ...testBranch("message-1"),
      testMessage({
        id: "first",
        parentId: "message-1",
        role: "assistant",
        candidateGroup: "first",
        siblingIds: ["first", "second", "third"],
      }),
    ],
  };

  it("are shown side by side again, and one is chosen to go on with", async () => {
    const { store, calls } = setUp(
      {
        readCandidates: [() => stored()],
        changeMessage: [() => stored().candidates[1]?.message],
        readMessages: [
          () => ({
            messages: [...testBranch("message-1"), stored().candidates[1]?.message],
            before: null,
            after: null,
          }),
        ],
        readSettings: [() => ({ systemPrompt: null, modelId: "alias-second", parameters: null })],
      },
      saved,
    );
    await store.openCandidates("first");
    expect(shown(store.get())).toHaveLength(3);
    await store.goOnWith("second", 100);
    expect(store.get().sideBySide).toBeNull();
    expect(store.get().messages.at(-1)).toMatchObject({ id: "second" });
    expect(store.get().modelId).toBe("alias-second");
    expect(calls).toContainEqual({
      name: "changeMessage",
      given: { id: "second", isChosen: true },
    });
  });

  it("are looked at once when the page opens, in case others are still written", async () => {
    const { store, calls } = setUp({ readCandidates: [() => stored()] }, saved);
    await store.resumeIfLive();
    await store.resumeIfLive();
    expect(calls.filter(({ name }) => name === "readCandidates")).toHaveLength(1);
    expect(store.get().turn.phase).toBe("idle");
  });

  it("go on where one of them is still written", async () => {
    const { store } = setUp(
      {
        readCandidates: [() => stored("complete", "streaming", "complete"), () => stored()],
        followAnswer: [() => stream("second", "two", "complete"), () => null],
      },
      saved,
    );
    await store.resumeIfLive();
    await settled(store);
    expect(shown(store.get())).toEqual([
      "complete: stored first",
      "complete: two",
      "complete: stored third",
    ]);
    expect(store.get().messages.at(-1)?.id).toBe("first");
  });
});

describe("comparing", () => {
  it("is over when it is switched off", async () => {
    const { store, calls } = setUp(
      { postTurn: [() => stream("first", "one", "complete")], followAnswer: [() => null] },
      { ...three },
    );
    vi.stubGlobal("window", { localStorage: { removeItem: vi.fn(), setItem: vi.fn() } });
    store.compare([]);
    vi.unstubAllGlobals();
    store.send("Who?", "alias-9");
    await vi.waitUntil(() => posts(calls).length === 1);
    expect(posts(calls)[0]).not.toHaveProperty("compare");
    expect(posts(calls)[0]).toMatchObject({ model: "alias-9" });
  });
});
