import { describe, expect, it } from "vitest";
import { createDrafts } from "./chat/drafts";
import { claimKeptText, openKeptText } from "./kept-text";

function createStorage(values: Record<string, string>) {
  const map = new Map(Object.entries(values));
  return {
    map,
    get length() {
      return map.size;
    },
    key: (at: number) => [...map.keys()][at] ?? null,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

const texts = {
  "parley.draft.new": "a draft",
  "parley.unsent.c1": "a message",
  "parley.queue.c1": "a queue",
  "parley.model": "a model",
};

describe("texts that were not sent", () => {
  it("stay for the account that wrote them", () => {
    const storage = createStorage({ ...texts, "parley.owner": "ada" });
    claimKeptText("ada", () => storage);
    expect(Object.fromEntries(storage.map)).toEqual({ ...texts, "parley.owner": "ada" });
  });

  it("are not shown to the next account on the same computer", () => {
    const storage = createStorage({ ...texts, "parley.owner": "ada" });
    claimKeptText("bob", () => storage);
    expect(Object.fromEntries(storage.map)).toEqual({
      "parley.model": "a model",
      "parley.owner": "bob",
    });
  });

  it("stay with the account of the page: what is typed on after somebody signed in beside it is not theirs", () => {
    const storage = createStorage({});
    claimKeptText("ada", () => storage);
    const drafts = createDrafts(() => openKeptText(() => storage));
    drafts.writeDraft("new", "of Ada");
    expect(drafts.readDraft("new")).toBe("of Ada");
    // Another tab, of Bob's.
    storage.setItem("parley.owner", "bob");
    storage.setItem("parley.draft.new", JSON.stringify({ text: "of Bob" }));
    const theirs = Object.fromEntries(storage.map);
    expect(drafts.readDraft("new")).toBe("");
    expect(drafts.writeDraft("new", "more of Ada")).toBe(true);
    drafts.writeUnsent("new", { conversationId: "c", messageId: "m", text: "of Ada" });
    drafts.writeDraft("new", "");
    expect(Object.fromEntries(storage.map)).toEqual(theirs);
    claimKeptText("bob", () => storage);
    expect(drafts.readDraft("new")).toBe("of Bob");
  });

  it("do no harm where storage is forbidden", () => {
    expect(() => {
      claimKeptText("ada", () => {
        throw new DOMException("denied", "SecurityError");
      });
    }).not.toThrow();
  });
});
