import { describe, expect, it } from "vitest";
import type { UsageRow } from "@/lib/contracts/usage-reports";
import { findColumns, readFigure, sortRows } from "./columns";
import { makeRow, makeSums } from "./testing-sums";

const cny = (micros: number) => [{ currency: "CNY" as const, micros }];
const byKey = (one: UsageRow, other: UsageRow) => (one.key < other.key ? -1 : 1);
const keys = (rows: UsageRow[]) => rows.map(({ key }) => key).join("");

describe("the columns of a table", () => {
  it("hold a cost for each currency in which something was paid", () => {
    const both = makeSums({
      costs: [
        { currency: "CNY", micros: 1 },
        { currency: "USD", micros: 1 },
      ],
    });
    expect(findColumns("model", both, false).slice(0, 2)).toEqual(["cost:CNY", "cost:USD"]);
    expect(findColumns("model", makeSums({ unpriced: 3 }), false)[0]).toBe("cost");
  });

  it("tell members nothing of errors and speed, and begin with requests in a table of errors", () => {
    expect(findColumns("model", makeSums(), false)).not.toContain("failed");
    expect(findColumns("model", makeSums(), true)).toContain("speed");
    expect(findColumns("error", makeSums(), true)[0]).toBe("attempts");
  });

  it("tell members of requests by model where there were more than calls", () => {
    const more = makeSums({ calls: 1, attempts: 2 });
    expect(findColumns("model", more, false)).toContain("attempts");
    expect(findColumns("kind", more, false)).not.toContain("attempts");
    const alike = makeSums({ calls: 2, attempts: 2 });
    expect(findColumns("model", alike, false)).not.toContain("attempts");
  });
});

describe("a cost", () => {
  it("is unknown where nothing is known of it, and otherwise what is known", () => {
    expect(readFigure(makeSums({ unpriced: 2 }), "cost:CNY")).toBeNull();
    expect(readFigure(makeSums({ unpriced: 2, costs: cny(5) }), "cost:CNY")).toBe(5);
    expect(readFigure(makeSums({ costs: cny(5) }), "cost:USD")).toBe(0);
    expect(readFigure(makeSums(), "cost:CNY")).toBe(0);
  });
});

describe("rows that are sorted", () => {
  const rows = [
    makeRow("b", { calls: 2, costs: cny(10) }),
    makeRow("c", { calls: 2, unpriced: 1 }),
    makeRow("a", { calls: 9, costs: cny(20) }),
    makeRow("d", { calls: 1, costs: cny(3) }),
  ];

  it("have unknown costs last, up and down", () => {
    expect(keys(sortRows(rows, { column: "cost:CNY", isDescending: true }, byKey))).toBe("abdc");
    expect(keys(sortRows(rows, { column: "cost:CNY", isDescending: false }, byKey))).toBe("dbac");
  });

  it("stay as they came where they are equal, and go by name where that is asked for", () => {
    expect(keys(sortRows(rows, { column: "calls", isDescending: true }, byKey))).toBe("abcd");
    expect(keys(sortRows(rows, { column: "name", isDescending: true }, byKey))).toBe("dcba");
    expect(keys(rows)).toBe("bcad");
  });
});
