import { describe, expect, it, vi } from "vitest";
import type { MessagesPage } from "@/lib/contracts/messages";
import { answerStream, posts, refusal, saved, settled, setUp, texts } from "./testing-conversation";
import { testBranch } from "./testing-messages";

describe("sending a message", () => {
  it("shows it at once, then its answer, and tells the sidebar", async () => {
    const { store, onTouched } = setUp({
      postTurn: [() => answerStream("message-1", "Hello", "complete")],
    });
    store.send("Hi", "model-1");
    expect(texts(store.get())).toEqual(["Hi"]);
    await settled(store);
    expect(texts(store.get())).toEqual(["Hi", "Hello"]);
    expect(store.get()).toMatchObject({ isSaved: true, title: "A title" });
    expect(onTouched).toHaveBeenCalledWith("conversation-1", "A title");
  });

  it("sends the new message only, and leaves its place to the server, which knows the end", async () => {
    const { store, calls } = setUp(
      { postTurn: [() => answerStream("message-1", "x", "complete")] },
      saved,
    );
    store.send("Next", "model-1");
    await settled(store);
    expect(posts(calls)).toEqual([
      {
        id: "conversation-1",
        trigger: "submit-message",
        model: "model-1",
        message: { id: "message-1", role: "user", parts: [{ type: "text", text: "Next" }] },
      },
    ]);
  });

  it("posts once, however often one presses", async () => {
    const { store, calls } = setUp({
      postTurn: [() => answerStream("message-1", "x", "complete")],
    });
    store.send("Hi", null);
    store.send("Hi", null);
    await settled(store);
    expect(posts(calls)).toHaveLength(1);
  });

  it("keeps the text in the browser until the server has it", async () => {
    const { store, drafts } = setUp({
      postTurn: [() => answerStream("message-1", "x", "complete")],
    });
    store.send("Hi", null);
    expect(drafts.readUnsent("new")?.text).toBe("Hi");
    await settled(store);
    expect(drafts.readUnsent("new")).toBeNull();
  });

  it("forgets its own text then, and not that of another tab's first message", async () => {
    const theirs = { conversationId: "conversation-2", messageId: "theirs", text: "Hello" };
    const { store, drafts } = setUp({
      postTurn: [
        () => {
          drafts.writeUnsent("new", theirs);
          return answerStream("message-1", "x", "complete");
        },
      ],
    });
    store.send("Hi", null);
    await settled(store);
    expect(store.get().isSaved).toBe(true);
    expect(drafts.readUnsent("new")).toEqual(theirs);
  });

  it("tries again under the same id while the database is away", async () => {
    const { store, calls } = setUp({
      postTurn: [
        () => {
          throw refusal("database_unavailable");
        },
        () => {
          throw refusal("offline");
        },
        // Taken, but the connection was lost before a word of it arrived.
        () => new Response("").body,
        () => answerStream("message-1", "Hello", "complete"),
      ],
    });
    store.send("Hi", null);
    await settled(store);
    expect(posts(calls).map(({ message }) => message?.id)).toEqual(Array(4).fill("message-1"));
    expect(texts(store.get())).toEqual(["Hi", "Hello"]);
  });

  it("returns the text to the composer when the message was refused", async () => {
    const { store } = setUp({
      postTurn: [
        () => {
          throw refusal("payload_too_large");
        },
      ],
    });
    store.send("Hi", null);
    await settled(store);
    expect(store.get()).toMatchObject({
      messages: [],
      returnedText: "Hi",
      notice: { code: "payload_too_large" },
    });
  });

  it.each(["unauthorized", "internal"] as const)(
    "keeps the message in place, to be sent again, after %s",
    async (code) => {
      const { store, calls, drafts } = setUp({
        postTurn: [
          () => {
            throw refusal(code);
          },
          () => answerStream("message-1", "Hello", "complete"),
        ],
      });
      store.send("Hi", null);
      await vi.waitFor(() => {
        expect(store.get().turn).toMatchObject({ phase: "unsent", isRetrying: false });
      });
      expect(drafts.readUnsent("new")?.text).toBe("Hi");
      store.retryUnsent();
      await settled(store);
      expect(new Set(posts(calls).map(({ message }) => message?.id)).size).toBe(1);
    },
  );

  it("gives a message that waits back for editing", async () => {
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
    store.takeBack();
    expect(store.get()).toMatchObject({ messages: [], returnedText: "Hi", notice: null });
  });

  it("reuses the ids of a message that may have arrived before the page was left", async () => {
    const { store, calls, drafts } = setUp({
      postTurn: [() => answerStream("old-message", "x", "complete")],
    });
    drafts.writeUnsent("new", {
      conversationId: "old-conversation",
      messageId: "old-message",
      text: "Hi",
    });
    store.send("Hi", null);
    await settled(store);
    expect(posts(calls)[0]).toMatchObject({
      id: "old-conversation",
      message: { id: "old-message" },
    });
  });

  it("shows the other tab's turn and keeps the text when that one came first", async () => {
    const page: MessagesPage = {
      messages: testBranch("u1", "a1", "u2", "a2"),
      before: null,
      after: null,
    };
    const { store } = setUp(
      {
        postTurn: [
          () => {
            throw refusal("answer_in_progress");
          },
        ],
        readMessages: [() => page],
      },
      saved,
    );
    store.send("Mine", null);
    await settled(store);
    await vi.waitFor(() => {
      expect(store.get().messages.map(({ id }) => id)).toEqual(["u1", "a1", "u2", "a2"]);
    });
    expect(store.get()).toMatchObject({
      returnedText: "Mine",
      notice: { code: "answer_in_progress" },
    });
  });
});

describe("stopping before the server has said that it has the message", () => {
  const page = (...ids: string[]): MessagesPage => ({
    messages: testBranch(...ids),
    before: null,
    after: null,
  });
  const never = () => new Promise<never>(() => undefined);
  const missing = () => {
    throw refusal("not_found");
  };

  it("gives the text back, and sends it again under its old id", async () => {
    const { store, calls, drafts } = setUp({
      postTurn: [never, () => answerStream("message-1", "Hello", "complete")],
      stopAnswer: [missing],
      readMessages: [missing],
    });
    store.send("Hi", null);
    await store.stop();
    expect(store.get()).toMatchObject({
      messages: [],
      returnedText: "Hi",
      isStopping: false,
      turn: { phase: "idle" },
    });
    expect(drafts.readUnsent("new")?.text).toBe("Hi");
    store.send("Hi", null);
    await settled(store);
    expect(posts(calls).map(({ message }) => message?.id)).toEqual(["message-1", "message-1"]);
  });

  it("gives it back in a conversation that is there, whose other messages stay", async () => {
    const { store } = setUp(
      { postTurn: [never], stopAnswer: [() => undefined], readMessages: [() => page("u1", "a1")] },
      saved,
    );
    store.send("Next", null);
    await store.stop();
    expect(store.get().messages.map(({ id }) => id)).toEqual(["u1", "a1"]);
    expect(store.get().returnedText).toBe("Next");
  });

  it("leaves it where it is when it has arrived unheard, and ends its answer", async () => {
    const { store, calls, drafts } = setUp(
      {
        postTurn: [never],
        stopAnswer: [() => undefined],
        readMessages: [() => page("u1", "a1", "message-1", "a2")],
      },
      saved,
      () => new Promise((resolve) => setTimeout(resolve)),
    );
    store.send("Next", null);
    await store.stop();
    expect(store.get().messages.map(({ id }) => id)).toEqual(["u1", "a1", "message-1", "a2"]);
    expect(store.get()).toMatchObject({ returnedText: null, isStopping: false });
    expect(drafts.readUnsent("conversation-1")).toBeNull();
    expect(calls.filter(({ name }) => name === "stopAnswer")).toHaveLength(2);
  });

  it("gives an edited text back into its field", async () => {
    const { store } = setUp(
      { postTurn: [never], stopAnswer: [() => undefined], readMessages: [() => page("u1", "a1")] },
      saved,
    );
    store.sendEdited("u1", "Better", null);
    await store.stop();
    expect(store.get().messages.map(({ id }) => id)).toEqual(["u1", "a1"]);
    expect(store.get().editing).toEqual(["u1"]);
    expect(store.readEdit("u1")).toBe("Better");
  });

  it("does not try once more when the try that was stopped fails", async () => {
    let fail: () => void = () => undefined;
    const { store, calls } = setUp({
      postTurn: [
        () =>
          new Promise((_resolve, reject) => {
            fail = () => {
              reject(refusal("offline"));
            };
          }),
      ],
      stopAnswer: [
        () => {
          fail();
          throw refusal("offline");
        },
      ],
      readMessages: [missing],
    });
    store.send("Hi", null);
    await vi.waitFor(() => {
      expect(posts(calls)).toHaveLength(1);
    });
    await store.stop();
    await settled(store);
    expect(posts(calls)).toHaveLength(1);
    expect(store.get()).toMatchObject({ messages: [], returnedText: "Hi", notice: null });
  });
});
