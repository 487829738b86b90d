import { describe, expect, it } from "vitest";
import { shape } from "./shape";

type Page = { items: string[]; cursor: string | null; more?: number };
const page = shape<Page>({ items: "list", cursor: "text or null" });

describe("the shape of an answer", () => {
  it("lets through what is usable", () => {
    const answer = { items: ["a"], cursor: null, more: 1 };
    expect(page.safeParse(answer)).toEqual({ success: true, data: answer });
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "<h1>Bad gateway</h1>"],
    ["a list", []],
    ["a field that is missing", { items: [] }],
    ["a field of another kind", { items: {}, cursor: null }],
  ])("refuses %s", (_name, answer) => {
    expect(page.safeParse(answer).success).toBe(false);
  });
});
