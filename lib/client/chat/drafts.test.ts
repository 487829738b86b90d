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

  it("go along to another key as this page knows them, and what another tab keeps there stays", () => {
    const storage = memory();
    const [here, there] = [createDrafts(() => storage), createDrafts(() => storage)];
    const image = { type: "file", url: "/api/attachments/a", mediaType: "image/png" } as const;
    here.writeDraft("new", "typed here");
    here.writeDraftImages("new", [image]);
    here.moveDraft("new", "c1");
    expect([here.readDraft("c1"), here.readDraftImages("c1")]).toEqual(["typed here", [image]]);
    expect([here.readDraft("new"), here.readDraftImages("new")]).toEqual(["", []]);
    here.writeDraft("new", "");
    there.writeDraft("new", "typed there");
    there.writeDraftImages("new", [image]);
    here.moveDraft("new", "c2");
    expect([here.readDraft("c2"), here.readDraftImages("c2")]).toEqual(["", []]);
    expect([there.readDraft("new"), there.readDraftImages("new")]).toEqual([
      "typed there",
      [image],
    ]);
    here.writeDraft("new", "over it");
    there.writeDraft("new", "and over that");
    here.moveDraft("new", "c3");
    expect([here.readDraft("c3"), there.readDraft("new")]).toEqual(["over it", "and over that"]);
  });

  it("go along whole where this page has not looked at them yet", () => {
    const storage = memory();
    createDrafts(() => storage).writeDraft("new", "before the reload");
    const drafts = createDrafts(() => storage);
    drafts.moveDraft("new", "c1");
    expect([drafts.readDraft("c1"), drafts.readDraft("new")]).toEqual(["before the reload", ""]);
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
