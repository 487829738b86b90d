import { describe, expect, it, vi } from "vitest";
import type { AnswerChunk } from "@/lib/contracts/chat";
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
import { testBranch, testMessage } from "./testing-messages";

describe("answering again", () => {
  it("puts the new answer in the place of the old one", async () => {
    const { store, calls } = setUp(
      { postTurn: [() => answerStream("u1", "New", "complete")] },
      saved,
    );
    void store.regenerate("a1", "model-2");
    expect(store.get().turn).toMatchObject({ phase: "sending", replacesId: "a1" });
    await settled(store);
    expect(posts(calls)).toEqual([
      {
        id: "conversation-1",
        trigger: "regenerate-message",
        messageId: "a1",
        model: "model-2",
      },
    ]);
    expect(texts(store.get())).toEqual(["text of u1", "New"]);
  });

  it("keeps the old answer when the new one did not begin", async () => {
    const { store } = setUp(
      {
        postTurn: [
          () => {
            throw refusal("offline");
          },
        ],
        readMessages: [() => ({ messages: testBranch("u1", "a1"), before: null, after: null })],
      },
      saved,
    );
    await store.regenerate("a1", null);
    expect(texts(store.get())).toEqual(["text of u1", "text of a1"]);
    expect(store.get().notice?.code).toBe("offline");
  });
});

describe("stopping", () => {
  it("asks the server, and takes the end from the stream", async () => {
    let end: () => void = () => undefined;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const write = (chunk: AnswerChunk) => {
          controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(chunk)}\n\n`));
        };
        write({
          type: "start",
          messageId: "answer-1",
          messageMetadata: metadata("streaming", "message-1"),
        });
        write({ type: "text-delta", id: "1", delta: "Half" });
        end = () => {
          write({ type: "finish", messageMetadata: metadata("stopped", "message-1") });
          controller.close();
        };
      },
    });
    const { store, calls } = setUp({
      postTurn: [() => stream],
      stopAnswer: [
        () => {
          end();
        },
      ],
      readMessages: [() => ({ messages: [], before: null, after: null })],
    });
    store.send("Hi", null);
    await vi.waitFor(() => {
      expect(store.get().turn.phase).toBe("answering");
    });
    void store.stop();
    void store.stop();
    await settled(store);
    // The generation by name, so that a late stop never ends a newer one.
    expect(calls.filter(({ name }) => name === "stopAnswer").map(({ given }) => given)).toEqual([
      "generation-1",
    ]);
  });

  it("goes on following an answer whose stop did not reach the server, and can try again", async () => {
    const endless = new ReadableStream<Uint8Array>({
      start(controller) {
        const start: AnswerChunk = {
          type: "start",
          messageId: "answer-1",
          messageMetadata: metadata("streaming", "message-1"),
        };
        controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(start)}\n\n`));
      },
    });
    const { store, calls } = setUp({
      postTurn: [() => endless],
      stopAnswer: [
        () => {
          throw refusal("offline");
        },
      ],
    });
    store.send("Hi", null);
    await vi.waitFor(() => {
      expect(store.get().turn.phase).toBe("answering");
    });
    await store.stop();
    expect(store.get()).toMatchObject({
      turn: { phase: "answering" },
      isStopping: false,
      notice: { code: "offline" },
    });
    await store.stop();
    expect(calls.filter(({ name }) => name === "stopAnswer")).toHaveLength(2);
  });

  it("takes a message that is not saved back", async () => {
    const { store } = setUp({
      postTurn: [
        () => {
          throw refusal("internal");
        },
      ],
    });
    store.send("Hi", null);
    await vi.waitFor(() => {
      expect(store.get().turn.phase).toBe("unsent");
    });
    await store.stop();
    expect(store.get()).toMatchObject({ turn: { phase: "idle" }, returnedText: "Hi" });
  });
});

describe("earlier messages", () => {
  it("are put in front, and a failure can be tried again", async () => {
    const all = testBranch("u1", "a1", "u2", "a2");
    const { store } = setUp(
      {
        readMessages: [
          () => {
            throw refusal("offline");
          },
          () => ({ messages: all.slice(0, 2), before: null, after: null }),
        ],
      },
      { isSaved: true, messages: all.slice(2), before: "u2", after: null },
    );
    await store.loadOlder();
    expect(store.get().older).toBe("failed");
    await store.loadOlder();
    expect(store.get().messages.map(({ id }) => id)).toEqual(["u1", "a1", "u2", "a2"]);
    expect(store.get().before).toBeNull();
  });
});

describe("going on with an answer that was cut", () => {
  const cut = {
    isSaved: true,
    messages: [
      ...testBranch("u1"),
      testMessage({
        id: "answer-1",
        parentId: "u1",
        role: "assistant",
        status: "length",
        parts: [{ type: "text", text: "Once upon" }],
      }),
    ],
  };

  it("grows in the same message", async () => {
    const { store, calls } = setUp(
      { postTurn: [() => answerStream("u1", "Once upon a time", "complete")] },
      cut,
    );
    void store.continueAnswer("answer-1", "model-1");
    expect(store.get().messages.at(-1)).toMatchObject({ id: "answer-1", status: "streaming" });
    expect(texts(store.get())).toEqual(["text of u1", "Once upon"]);
    await settled(store);
    expect(posts(calls)).toEqual([
      {
        id: "conversation-1",
        trigger: "continue-message",
        messageId: "answer-1",
        model: "model-1",
      },
    ]);
    expect(texts(store.get())).toEqual(["text of u1", "Once upon a time"]);
    expect(store.get().messages.at(-1)?.status).toBe("complete");
  });

  it("leaves the answer as it was when it cannot go on", async () => {
    const { store } = setUp(
      {
        postTurn: [
          () => {
            throw refusal("conflict");
          },
        ],
        readMessages: [() => ({ messages: cut.messages, before: null, after: null })],
      },
      cut,
    );
    await store.continueAnswer("answer-1", null);
    expect(store.get().messages.at(-1)).toMatchObject({ status: "length" });
    expect(store.get()).toMatchObject({ turn: { phase: "idle" }, notice: { code: "conflict" } });
  });
});
