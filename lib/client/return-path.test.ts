import { describe, expect, it } from "vitest";
import { safeReturnPath } from "./return-path";

describe("the way back after signing in", () => {
  it("is a path of this site, with its query and fragment", () => {
    for (const path of ["/", "/c/abc", "/settings?tab=people#x", "/会话"]) {
      expect(decodeURI(safeReturnPath(path))).toBe(path);
    }
  });

  it("never leads to another site", () => {
    for (const path of [
      "https://evil.test",
      "//evil.test",
      "/\\evil.test",
      "\\/evil.test",
      "/\t/evil.test",
      "/..//evil.test",
      "javascript:alert(1)",
      " /c/abc",
      "c/abc",
      "",
      null,
      undefined,
    ]) {
      expect(safeReturnPath(path)).toBe("/");
    }
  });
});
