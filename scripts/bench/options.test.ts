import { describe, expect, it } from "vitest";
import { readOptions } from "./options";

describe("readOptions", () => {
  it("measures everything in full when nothing is said", () => {
    expect(readOptions([])).toEqual({ rows: null, isQuick: false, profileDir: null });
  });

  it("takes rows, a short run and a folder for profiles", () => {
    expect(readOptions(["--rows", "1, 4,8", "--quick", "--profile", "profiles"])).toEqual({
      rows: new Set([1, 4, 8]),
      isQuick: true,
      profileDir: "profiles",
    });
  });

  it("refuses what is no row, and options that it does not know", () => {
    expect(() => readOptions(["--rows", "one"])).toThrow("--rows takes numbers");
    expect(() => readOptions(["--row", "1"])).toThrow("--row");
  });
});
