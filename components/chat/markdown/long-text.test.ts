import { describe, expect, it } from "vitest";
import { cutLongText } from "./long-text";

const lines = Array.from({ length: 40_000 }, (_, index) => `line ${String(index)}`).join("\n");

describe("a long text", () => {
  it.each([
    ["of lines", lines],
    ["of one word", "x".repeat(300_000)],
    ["of words", "word ".repeat(60_000)],
    ["of paragraphs", "some words\n\n".repeat(20_000)],
    ["of pairs of code units", "𠮷".repeat(100_000)],
  ])("%s is the same when its pieces are put together", (_name, text) => {
    const { head, hiddenCharacters, tail } = cutLongText(text, true);
    expect([hiddenCharacters, tail]).toEqual([0, []]);
    expect(Math.max(...head.map((piece) => piece.length))).toBeLessThanOrEqual(4_000);
    expect(head.join("").replaceAll("\n", "").length).toBe(text.replaceAll("\n", "").length);
    expect(head.every((piece) => piece.isWellFormed())).toBe(true);
  });

  it("shows its beginning and its end, and says how much is between them", () => {
    const { head, hiddenCharacters, tail } = cutLongText(lines, false);
    expect(head[0]?.startsWith("line 0\nline 1\n")).toBe(true);
    expect(tail.at(-1)?.endsWith("line 39999")).toBe(true);
    const shown = [...head, ...tail].reduce((sum, piece) => sum + piece.length + 1, 0);
    expect(shown).toBeLessThan(45_000);
    expect(Math.abs(shown + hiddenCharacters - lines.length)).toBeLessThanOrEqual(1);
  });

  it("ends no piece with an empty line, which would not be seen", () => {
    const { head } = cutLongText("some words\n\n".repeat(20_000), true);
    expect(head.slice(0, -1).every((piece) => !piece.endsWith("\n"))).toBe(true);
  });

  it("moves none of its pieces while it grows", () => {
    const before = cutLongText(lines.slice(0, 50_000), true).head;
    const after = cutLongText(lines.slice(0, 56_000), true).head;
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  });

  it("is cut quickly, however long", () => {
    const text = "x".repeat(5_000_000);
    const startedMs = performance.now();
    cutLongText(text, false);
    expect(performance.now() - startedMs).toBeLessThan(150);
  });
});
