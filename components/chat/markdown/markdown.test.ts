import type { Token } from "marked";
import { describe, expect, it } from "vitest";
import { findSetEnd, isBlockTooHeavy, isNestedTooDeep, isTableTooLarge } from "./caps";
import { decodeEntities } from "./entities";
import { headingLevels } from "./heading-levels";
import { healBlock } from "./heal";
import { parseBlock } from "./parse";
import { createSplitter } from "./split-blocks";

/** A short notation of tokens: `strong(x)`, `math(x)`. */
function outline(tokens: readonly Token[] | undefined): string {
  return (tokens ?? [])
    .map((token) => {
      const inner = "tokens" in token ? outline(token.tokens) : "";
      if (token.type === "text" && inner === "") return token.raw;
      if (token.type === "text") return inner;
      const text = "text" in token ? String(token.text) : "";
      return `${token.type}(${inner === "" ? text : inner})`;
    })
    .join("");
}

const parse = (text: string) => outline(parseBlock(text, {}));

describe("bold beside Chinese", () => {
  it.each([
    ["**注意：**下一步", "paragraph(strong(注意：)下一步)"],
    ["他说**“你好”**然后走了", "paragraph(他说strong(“你好”)然后走了)"],
    [
      "**步骤一。**做这个，**步骤二。**做那个",
      "paragraph(strong(步骤一。)做这个，strong(步骤二。)做那个)",
    ],
    ["**中文**文字", "paragraph(strong(中文)文字)"],
    ["使用**`npm`（推荐）**安装", "paragraph(使用strong(codespan(npm)（推荐）)安装)"],
    ["**plain** text", "paragraph(strong(plain) text)"],
    ["2 ** 3 ** 4", "paragraph(2 ** 3 ** 4)"],
  ])("sets %s", (text, expected) => {
    expect(parse(text)).toBe(expected);
  });
});

describe("bare addresses", () => {
  it("end where Chinese begins", () => {
    expect(parse("见https://example.com/a。然后")).toBe(
      "paragraph(见link(https://example.com/a)。然后)",
    );
  });
});

describe("formulas", () => {
  it.each([
    ["$x+1$ und $$y$$", "paragraph(math(x+1) und math(y))"],
    ["\\(a_b\\) 和 \\[c\\]", "paragraph(math(a_b) 和 math(c))"],
    ["$$\na = b\n$$", "math(a = b)"],
    ["\\[\na = b\n\\]\n", "math(a = b)"],
    ["costs $5 and $10", "paragraph(costs $5 and $10)"],
    ["from $5-$10", "paragraph(from $5-$10)"],
    ["`$x$`", "paragraph(codespan($x$))"],
    ["\\$x$", "paragraph(escape($)x$)"],
  ])("in %j", (text, expected) => {
    expect(parse(text)).toBe(expected);
  });
});

describe("splitting a growing text", () => {
  const text =
    "# Title\n\nA paragraph [ref].\n\n- one\n- two\n\n\n```js\nlet a;\n\nlet b;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end\n===\n\n[ref]: https://example.com\n\n> quote\n\n1. x\n\n   y\n2. z\n";

  it("gives the same blocks however it arrives", () => {
    const whole = createSplitter()(text);
    const split = createSplitter();
    let last = split("");
    for (let end = 1; end <= text.length; end += 1) last = split(text.slice(0, end));
    expect(last?.blocks.map(({ raw }) => raw.trim())).toEqual(
      whole?.blocks.map(({ raw }) => raw.trim()),
    );
    expect(last?.references).toEqual(whole?.references);
  });

  it("starts over when the text is another one", () => {
    const split = createSplitter();
    split(text);
    expect(split("short")?.blocks.map(({ raw }) => raw)).toEqual(["short"]);
  });
});

describe("a block that is still being written", () => {
  it.each([
    ["some **bold", "some **bold**"],
    ["some `code", "some `code`"],
    ["some ~~gone", "some ~~gone~~"],
    ["a [link](https://exam", "a link"],
    ["an ![image](https://exam", "an "],
    ["a formula $$x + ", "a formula "],
    ["a formula \\( x", "a formula "],
    ["a word **", "a word "],
    ["a word *", "a word "],
    ["| a | b |", ""],
    ["| a | b |\n|--", ""],
    ["| a | b |\n|---|---|\n| 1 | 2", "| a | b |\n|---|---|"],
    ["| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"],
    ["```js\nlet **a", "```js\nlet **a"],
    ["whole **bold** and `code`", "whole **bold** and `code`"],
  ])("%j is shown as %j", (raw, expected) => {
    expect(healBlock(raw)).toBe(expected);
  });
});

describe("texts that would hold up the page", () => {
  it("are shown as they are", () => {
    expect(isNestedTooDeep(">".repeat(20_000))).toBe(true);
    expect(isNestedTooDeep("- ".repeat(5_000))).toBe(true);
    expect(isNestedTooDeep("> - a\n".repeat(1_000))).toBe(false);
    expect(createSplitter()(">".repeat(20_000))).toBeNull();
    expect(createSplitter()("a\n\n".repeat(5_000))).toBeNull();
  });

  it("are set up to a line, which stays while they grow, and shown as they are from there", () => {
    const text = "some words\n\n".repeat(20_000);
    const end = findSetEnd(text);
    expect([text[end - 1], end <= 200_000, end > 199_900]).toEqual(["\n", true, true]);
    expect(findSetEnd(`${text} more`)).toBe(end);
    expect(findSetEnd("x".repeat(200_001))).toBe(0);
    expect(createSplitter()("x".repeat(5_000_000))).toMatchObject({ blocks: [] });
  });

  it("are shown as they are block by block where that will do", () => {
    expect(isBlockTooHeavy("_a".repeat(20_000))).toBe(true);
    expect(isBlockTooHeavy("a.".repeat(20_000))).toBe(true);
    expect(isBlockTooHeavy("- a\n".repeat(10_000))).toBe(true);
    expect(isBlockTooHeavy("[".repeat(10_000))).toBe(true);
    expect(isBlockTooHeavy("[a](https://example.com) ".repeat(20_000))).toBe(true);
    expect(isBlockTooHeavy("$x$ ".repeat(5_000))).toBe(true);
    expect(isBlockTooHeavy("中文，".repeat(3_000))).toBe(false);
    expect(isBlockTooHeavy("- **point**: `code` and *more*\n".repeat(300))).toBe(false);
    expect(isTableTooLarge(5_000, 1)).toBe(true);
    expect(isTableTooLarge(5, 100)).toBe(false);
  });

  it.each([
    ["brackets", "[a]( ".repeat(290)],
    ["stars", "*a**a ".repeat(190)],
    ["underscores", "_a ".repeat(590)],
    ["footnotes", "[^1] ".repeat(290)],
    ["angles", "<a ".repeat(590)],
    ["dollars", "$a ".repeat(590)],
    ["bold", "**a ".repeat(290)],
    ["bold Chinese", "**中".repeat(290)],
    ["addresses", "a.b@ ".repeat(590)],
    ["ticks", "` ".repeat(590)],
    ["escapes", "\\( ".repeat(590)],
    ["items of a list", "- **a** `b` _c_ [d](e)\n".repeat(280)],
    ["rows of a table", `|a|b|\n|-|-|\n${"|**a**|`b`|\n".repeat(600)}`],
  ])("and what is still parsed takes no time: %s", (_name, text) => {
    expect(isBlockTooHeavy(text)).toBe(false);
    const startedMs = performance.now();
    parseBlock(text, {});
    expect(performance.now() - startedMs).toBeLessThan(100);
  });

  it.each([
    ["paragraphs", "Some words, and **more** of them.\n\n"],
    ["items of lists", "- one\n- two\n\nwords\n\n"],
    ["code", "```js\nlet a;\n```\n\n"],
    ["diagrams", "```mermaid\nflowchart LR\n  A --> B\n```\n\n"],
    ["formulas", "$$\nx^2\n$$\n\n"],
    ["rows of one table", "| a | b |\n"],
    ["lines", "Some words\n"],
    ["quotes", "> a\n"],
  ])("and splitting a whole long answer takes no time: %s", (_name, unit) => {
    const text = unit.repeat(Math.min(1_900, Math.floor(200_000 / unit.length)));
    const startedMs = performance.now();
    expect(createSplitter()(text)).not.toBeNull();
    expect(performance.now() - startedMs).toBeLessThan(300);
  });
});

describe("a list that never ends", () => {
  it("is parsed no more once it is too long to be set, however far it grows", () => {
    const split = createSplitter();
    const item = "- one item of the list\n";
    const startedMs = performance.now();
    for (let count = 1_000; count <= 40_000; count += 250) split(item.repeat(count));
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    expect(split(item.repeat(5_000))?.blocks).toHaveLength(1);
  });

  it("hides nothing of what it is followed by", () => {
    const text = `${"- one item of the list\n".repeat(5_000)}\n\nThe end.`;
    expect(
      createSplitter()(text)
        ?.blocks.map(({ raw }) => raw)
        .join(""),
    ).toContain("The end.");
  });
});

describe("the levels of headings", () => {
  const levels = (...depths: number[]) =>
    headingLevels(depths.map((depth) => ({ type: "heading", raw: `${"#".repeat(depth)} x` })));

  it("begin below the page's title and go down one step at a time", () => {
    expect(levels(3, 3, 4, 3)).toEqual([2, 2, 3, 2]);
    expect(levels(1, 4, 4, 2)).toEqual([2, 3, 3, 2]);
    expect(levels(2, 1, 6)).toEqual([2, 2, 3]);
  });

  it("know headings that are underlined", () => {
    const block = (raw: string) => ({ type: "heading", raw });
    expect(headingLevels([block("One\n==="), block("Two\n---")])).toEqual([2, 3]);
  });
});

describe("character references", () => {
  it("become characters, once, and stay as they are when unknown", () => {
    expect(decodeEntities("&lt;a&gt; &amp;amp; &#20320;&#x597d; &nope; &#0; &")).toBe(
      "<a> &amp; 你好 &nope; \ufffd &",
    );
  });
});
