import { describe, expect, it } from "vitest";
import {
  countFoldedLines,
  groupCodeLines,
  isCodeTooHeavy,
  showLines,
  type ShownLine,
} from "./code-lines";

const plain = (text: string) => ({ text, color: null });

function toText(lines: readonly ShownLine[]): string {
  return lines
    .map((line) => (typeof line === "string" ? line : line.map(({ text }) => text).join("")))
    .join("\n");
}

describe("the lines of code", () => {
  it("keep their colours while more is written, at the end of a line and after it", () => {
    const coloured = { code: "let a\nle", lines: [[plain("let a")], [plain("le")]] };
    const lines = showLines("let a\nlet b\nlet", coloured);
    expect(lines[0]).toBe(coloured.lines[0]);
    expect(lines[1]).toEqual([plain("le"), plain("t b")]);
    expect(toText(lines)).toBe("let a\nlet b\nlet");
  });

  it("have no colours of another text", () => {
    expect(showLines("b", { code: "a", lines: [[plain("a")]] })).toEqual(["b"]);
  });

  it("are grouped so that no empty line is lost at the end of a group", () => {
    const lines = Array.from({ length: 500 }, (_, index) => (index % 3 === 0 ? "x" : ""));
    const groups = groupCodeLines(lines);
    expect(groups.flat()).toEqual(lines);
    expect(groups.length).toBeGreaterThan(8);
    expect(groups.slice(0, -1).every((group) => group.at(-1) !== "")).toBe(true);
  });

  it("are folded when there are very many", () => {
    expect(countFoldedLines(Array.from({ length: 600 }, () => "x"))).toBe(600);
    expect(countFoldedLines(Array.from({ length: 601 }, () => "x"))).toBe(200);
  });
});

describe("code that is too much for more than plain text", () => {
  it.each([
    ["long code", "x\n".repeat(61_000), true],
    ["one long line", "x".repeat(5_001), true],
    ["a long last line", `${"x\n".repeat(100)}${"x".repeat(5_001)}`, true],
    ["many lines", "some code\n".repeat(2_000), false],
    ["a long line that ends", `${"x".repeat(5_000)}\ny`, false],
  ])("%s", (_name, code, isTooHeavy) => {
    expect(isCodeTooHeavy(code)).toBe(isTooHeavy);
  });
});
