import { describe, expect, it } from "vitest";
import { nameKey } from "./name-key";

const nothing = { code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe("a shortcut", () => {
  it("is pressed with Ctrl or with ⌘, not with both and not alone", () => {
    expect(nameKey({ ...nothing, key: "k", ctrlKey: true })).toBe("k");
    expect(nameKey({ ...nothing, key: "k", metaKey: true })).toBe("k");
    expect(nameKey({ ...nothing, key: "k" })).toBeNull();
    expect(nameKey({ ...nothing, key: "k", ctrlKey: true, metaKey: true })).toBeNull();
  });

  it("is another one with Shift, and none with Alt, which writes letters on some keyboards", () => {
    expect(nameKey({ ...nothing, key: "O", ctrlKey: true, shiftKey: true })).toBe("shift+o");
    expect(nameKey({ ...nothing, key: "b", ctrlKey: true, altKey: true })).toBeNull();
  });

  it("knows the slash by its character or by its place", () => {
    expect(nameKey({ ...nothing, key: "/", ctrlKey: true, shiftKey: true })).toBe("/");
    expect(nameKey({ ...nothing, key: "、", code: "Slash", ctrlKey: true })).toBe("/");
  });
});
