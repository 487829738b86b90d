import { describe, expect, it } from "vitest";
import { formatFigure, formatTable } from "./table";

describe("formatFigure", () => {
  it("keeps about three digits", () => {
    expect([0.1234, 9.876, 12.34, 345.6, 154_321].map(formatFigure)).toEqual([
      "0.12",
      "9.88",
      "12.3",
      "346",
      "154,321",
    ]);
  });

  it("shows a dash for what was not measured", () => {
    expect([null, undefined, Number.NaN].map(formatFigure)).toEqual(["–", "–", "–"]);
  });
});

describe("formatTable", () => {
  it("puts the ratio to the floor beside the figures, in aligned columns", () => {
    const table = formatTable([
      { row: 1, what: "first token", unit: "ms", parley: 6, pipe: 3, direct: 1, goal: "6" },
      { row: 13, what: "start", unit: "s", parley: 1.5, goal: "1.2", note: "median of 3" },
    ]);
    const lines = table.split("\n");
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines[2]).toMatch(/\|\s+1\.00 \| 3\.00 \|\s+6\.00 \|\s+2\.00× \| 6 /);
    expect(lines[3]).toMatch(/\|\s+– \|\s+– \|\s+1\.50 \|\s+– \| 1\.2 +\| median of 3 \|/);
  });
});
