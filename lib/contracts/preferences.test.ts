import { describe, expect, it } from "vitest";
import { formatSidebar, parseSidebar } from "./preferences";

describe("the sidebar's cookie", () => {
  it("keeps width and whether it is open", () => {
    for (const sidebar of [
      { widthPx: 300, isOpen: true },
      { widthPx: 208, isOpen: false },
    ]) {
      expect(parseSidebar(formatSidebar(sidebar))).toEqual(sidebar);
    }
  });

  it("gives the default where it makes no sense, and never a width out of bounds", () => {
    for (const value of [undefined, "", "wide", "12.5", ":open", "NaN"]) {
      expect(parseSidebar(value)).toEqual({ widthPx: 264, isOpen: true });
    }
    expect(parseSidebar("9999").widthPx).toBe(420);
    expect(parseSidebar("-4:closed")).toEqual({ widthPx: 208, isOpen: false });
  });
});
