import { describe, expect, it } from "vitest";
import { readNextPath } from "./next-path";

describe("the path after signing in", () => {
  it.each(["/", "/c/0197", "/settings/people?page=2#top", "/c/中文"])("keeps %s", (path) => {
    expect(decodeURI(readNextPath(path))).toBe(path);
  });

  it.each([
    "https://evil.test",
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/.//evil.test",
    "/a/..//evil.test",
    "javascript:alert(1)",
    "evil.test",
    "",
    " /c/1",
  ])("never leaves this site for %j", (path) => {
    expect(readNextPath(path)).toBe("/");
  });

  it("does not lead to the API or back to an entry page", () => {
    expect(readNextPath("/api/me")).toBe("/");
    expect(readNextPath("/sign-in?next=/c/1")).toBe("/");
    expect(readNextPath("/apiary")).toBe("/apiary");
  });

  it("falls back when it is missing or given twice", () => {
    expect(readNextPath(undefined, "/setup")).toBe("/setup");
    expect(readNextPath(["/a", "/b"], "/setup")).toBe("/setup");
  });
});
