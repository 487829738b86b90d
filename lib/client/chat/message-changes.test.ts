import { describe, expect, it, vi } from "vitest";
import { editKey } from "./drafts";
import { answerStream, posts, refusal, saved, settled, setUp, texts } from "./testing-conversation";
import { testBranch, testMessage } from "./testing-messages";

const shownIds = (store: ReturnType<typeof setUp>["store"]) =>
  store.get().messages.map(({ id }) => id);

const long = { isSaved: true, messages: testBranch("u1", "a1", "u2", "a2") };

describe("sending a message with another text", () => {
  it("shows it at once in the place of the old branch, and posts it as a sibling", async () => {
    const { store, calls } = setUp(
      { postTurn: [() => answerStream("message-1", "New answer", "complete")] },
      long,
    );
    store.beginEdit("u2");
    store.sendEdited("u2", "Another question", "model-1");
    expect(texts(store.get())).toEqual(["text of u1", "text of a1", "Another question"]);
    expect(store.get().editing).toEqual([]);
    expect(store.get().messages.at(-1)?.siblingIds).toEqual(["u2", "message-1"]);
    await settled(store);
    expect(posts(calls)).toEqual([
      {
        id: "conversation-1",
        trigger: "submit-message",
        parentId: "a1",
        model: "model-1",
        message: {
          id: "message-1",
          role: "user",
          parts: [{ type: "text", text: "Another question" }],
        },
      },
    ]);
    expect(texts(store.get()).at(-1)).toBe("New answer");
  });

  it("makes another beginning when it is the first", async () => {
    const { store, calls } = setUp(
      { postTurn: [() => answerStream("message-1", "x", "complete")] },
      long,
    );
    store.sendEdited("u1", "Another beginning", null);
    await settled(store);
    expect(posts(calls)[0]?.parentId).toBeNull();
    expect(texts(store.get())).toEqual(["Another beginning", "x"]);
  });

  it("goes back to the editor with its text when it was refused", async () => {
    const { store } = setUp(
      {
        postTurn: [
          () => {
            throw refusal("payload_too_large");
          },
        ],
        readMessages: [() => ({ messages: long.messages, before: null, after: null })],
      },
      long,
    );
    store.sendEdited("u2", "Too long", null);
    await settled(store);
    expect(shownIds(store)).toEqual(["u1", "a1", "u2", "a2"]);
    expect(store.get()).toMatchObject({
      editing: ["u2"],
      returnedText: null,
      notice: { code: "payload_too_large" },
    });
    expect(store.readEdit("u2")).toBe("Too long");
  });

  it("can be taken back while it waits for the network", async () => {
    const { store } = setUp(
      {
        postTurn: [
          () => {
            throw refusal("internal");
          },
        ],
      },
      long,
    );
    store.sendEdited("u2", "Not yet", null);
    await vi.waitFor(() => {
      expect(store.get().turn.phase).toBe("unsent");
    });
    store.takeBack();
    expect(shownIds(store)).toEqual(["u1", "a1", "u2", "a2"]);
    expect(store.get().editing).toEqual(["u2"]);
  });

  it("keeps the text until the server has it, and then forgets it", async () => {
    const { store, drafts } = setUp(
      { postTurn: [() => answerStream("message-1", "x", "complete")] },
      long,
    );
    store.sendEdited("u2", "Kept", null);
    expect(drafts.readUnsent(editKey("u2"))?.messageId).toBe("message-1");
    expect(drafts.readDraft(editKey("u2"))).toBe("Kept");
    await settled(store);
    expect(drafts.readUnsent(editKey("u2"))).toBeNull();
    expect(drafts.readDraft(editKey("u2"))).toBe("");
  });

  it("goes out under its old id after a reload, so that it arrives once", async () => {
    const { store, calls, drafts } = setUp(
      { postTurn: [() => answerStream("old-try", "x", "complete")] },
      long,
    );
    drafts.writeUnsent(editKey("u2"), {
      conversationId: "conversation-1",
      messageId: "old-try",
      text: "Once",
    });
    store.sendEdited("u2", "Once", null);
    await settled(store);
    expect(posts(calls)[0]?.message?.id).toBe("old-try");
  });
});

describe("an edit that was begun before the page was left", () => {
  it("is open again", () => {
    const { store, drafts } = setUp({}, long);
    drafts.writeDraft(editKey("u2"), "Half a thought");
    store.resumeEdit("u1");
    store.resumeEdit("u2");
    expect(store.get().editing).toEqual(["u2"]);
  });

  it("is over when it has arrived after all", () => {
    const { store, drafts } = setUp(
      {},
      { isSaved: true, messages: [testMessage({ id: "u1", siblingIds: ["u1", "u1b"] })] },
    );
    drafts.writeDraft(editKey("u1"), "Arrived");
    drafts.writeUnsent(editKey("u1"), {
      conversationId: "conversation-1",
      messageId: "u1b",
      text: "Arrived",
    });
    store.resumeEdit("u1");
    expect(store.get().editing).toEqual([]);
    expect(store.readEdit("u1")).toBe("");
  });
});

describe("another text for an answer", () => {
  const edited = testMessage({
    id: "a1b",
    parentId: "u1",
    role: "assistant",
    isEdited: true,
    siblingIds: ["a1", "a1b"],
    parts: [{ type: "text", text: "Better" }],
  });

  it("stands beside it, and what followed is another branch", async () => {
    const { store, calls } = setUp({ changeMessage: [() => edited] }, long);
    store.beginEdit("a1");
    expect(await store.saveAnswerText("a1", "Better", 0)).toBeNull();
    expect(calls).toEqual([{ name: "changeMessage", given: { id: "a1", text: "Better" } }]);
    expect(texts(store.get())).toEqual(["text of u1", "Better"]);
    expect(store.get().editing).toEqual([]);
  });

  it("stays in the editor when it could not be saved", async () => {
    const { store } = setUp(
      {
        changeMessage: [
          () => {
            throw refusal("database_unavailable");
          },
        ],
      },
      long,
    );
    store.beginEdit("a1");
    expect(await store.saveAnswerText("a1", "Better", 0)).toMatchObject({
      code: "database_unavailable",
    });
    expect(store.get().editing).toEqual(["a1"]);
    expect(store.readEdit("a1")).toBe("Better");
    expect(shownIds(store)).toEqual(["u1", "a1", "u2", "a2"]);
  });
});

describe("deleting a message", () => {
  it("takes everything after it away, and shows the alternative that is left", async () => {
    const [u1, a1] = testBranch("u1", "a1");
    const other = testMessage({ id: "u2b", parentId: "a1" });
    const { store, calls } = setUp(
      {
        deleteMessage: [() => undefined],
        readMessages: [() => ({ messages: [u1, a1, other], before: null, after: null })],
      },
      long,
    );
    const removed = store.remove("u2", 80);
    expect(shownIds(store)).toEqual(["u1", "a1"]);
    expect(await removed).toBeNull();
    expect(shownIds(store)).toEqual(["u1", "a1", "u2b"]);
    expect(calls.at(-1)?.given).toEqual({ around: "a1" });
    expect(store.get().held).toEqual({ messageId: "a1", topPx: 80, focus: null });
  });

  it("puts everything back when the server refuses", async () => {
    const { store } = setUp(
      {
        deleteMessage: [
          () => {
            throw refusal("offline");
          },
        ],
      },
      long,
    );
    expect(await store.remove("u2", 80)).toMatchObject({ code: "offline" });
    expect(shownIds(store)).toEqual(["u1", "a1", "u2", "a2"]);
  });

  it("can be undone", async () => {
    const { store, calls } = setUp(
      {
        changeMessage: [() => long.messages[2]],
        readMessages: [() => ({ messages: long.messages, before: null, after: null })],
      },
      saved,
    );
    expect(await store.restore("u2", "a1", 80)).toBeNull();
    expect(calls[0]?.given).toEqual({ id: "u2", isDeleted: false });
    expect(shownIds(store)).toEqual(["u1", "a1", "u2", "a2"]);
  });
});
