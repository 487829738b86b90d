import { describe, expect, it } from "vitest";
import { readWholeNumber } from "./whole-number";

describe("a typed number", () => {
  it("may have thousands marks, spaces and full-width digits", () => {
    for (const text of ["128000", "128,000", "128 000", " 128_000 ", "１２８，０００"])
      expect(readWholeNumber(text)).toBe(128_000);
  });

  it("is not a number when it is anything else", () => {
    for (const text of ["", "12.5", "-3", "1e9", "128k", "0x10"])
      expect(readWholeNumber(text)).toBeNaN();
  });
});
