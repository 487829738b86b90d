import { describe, expect, it } from "vitest";
import { createDrafts } from "./drafts";

function memory() {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

describe("drafts", () => {
  it("keep the text of each conversation by itself", () => {
    const drafts = createDrafts(() => storage);
    const storage = memory();
    drafts.writeDraft("a", "one");
    drafts.writeDraft("b", "two");
    expect([drafts.readDraft("a"), drafts.readDraft("b"), drafts.readDraft("c")]).toEqual([
      "one",
      "two",
      "",
    ]);
  });

  it("leave nothing behind when the text is empty", () => {
    const storage = memory();
    const drafts = createDrafts(() => storage);
    drafts.writeDraft("a", "one");
    drafts.writeDraft("a", "");
    expect(storage.values.size).toBe(0);
  });

  it("keep a message on its way with the ids that it was posted under", () => {
    const storage = memory();
    const drafts = createDrafts(() => storage);
    const unsent = { conversationId: "c", messageId: "m", text: "hello" };
    drafts.writeUnsent("new", unsent);
    expect(drafts.readUnsent("new")).toEqual(unsent);
    drafts.writeUnsent("new", null);
    expect(drafts.readUnsent("new")).toBeNull();
  });

  it("do not trust what they find", () => {
    const storage = memory();
    const drafts = createDrafts(() => storage);
    for (const value of ["{", "null", "3", '"x"', "[]", '{"text":5}', '{"messageId":"m"}']) {
      storage.setItem("parley.draft.a", value);
      storage.setItem("parley.unsent.a", value);
      expect(drafts.readDraft("a")).toBe("");
      expect(drafts.readUnsent("a")).toBeNull();
    }
  });

  it("work, without keeping anything, where storage is full or forbidden", () => {
    const drafts = createDrafts(() => {
      throw new DOMException("no", "SecurityError");
    });
    expect(() => {
      drafts.writeDraft("a", "text");
    }).not.toThrow();
    expect(drafts.readDraft("a")).toBe("");
    expect(drafts.readUnsent("a")).toBeNull();
  });
});
