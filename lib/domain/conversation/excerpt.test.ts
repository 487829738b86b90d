import { describe, expect, it } from "vitest";
import { cutExcerpt, takeFirstWords } from "./excerpt";

describe("cutExcerpt", () => {
  it("is a short text itself, on one line", () => {
    expect(cutExcerpt("one\n\ntwo  three", "two")).toBe("one two three");
  });

  it("cuts what is far from the first occurrence", () => {
    const excerpt = cutExcerpt(`${"a".repeat(300)} word ${"b".repeat(300)} word`, "WORD");
    expect(excerpt).toBe(`…${"a".repeat(39)} word ${"b".repeat(39)}…`);
  });

  it("leaves out marks, unless they are looked for", () => {
    const text = "# Title\n\n> **Bold** `code` and [link](https://example.com/x)\n- *one*\n1. two";
    expect(cutExcerpt(text, "and")).toBe("Title Bold code and link one two");
    expect(cutExcerpt("say **this** twice", "**this**")).toBe("say **this** twice");
    expect(cutExcerpt("a snake_case[0] > 5 - 1", "5")).toBe("a snake_case[0] > 5 - 1");
    expect(cutExcerpt("去**长城**吧", "城")).toBe("去长城吧");
  });

  it("does not cut a character in two", () => {
    const excerpt = cutExcerpt(`${"😀".repeat(60)}x${"😀".repeat(60)}`, "x");
    expect(excerpt).toBe(`…${"😀".repeat(40)}x${"😀".repeat(40)}…`);
    expect(excerpt.isWellFormed()).toBe(true);
  });

  it("begins at the start where the text is not found as it is written", () => {
    expect(cutExcerpt("Straße", "strasse")).toBe("Straße");
  });
});

describe("takeFirstWords", () => {
  it("is the beginning of a text on one line, without marks", () => {
    expect(takeFirstWords("# A title\n\nand  **more**")).toBe("A title and more");
    expect(takeFirstWords(" \n ")).toBe("");
    expect(takeFirstWords("***")).toBe("***");
  });

  it("is at most 120 characters, none of them cut in two", () => {
    const words = takeFirstWords(`x${"😀".repeat(200)}`);
    expect(Array.from(words)).toHaveLength(120);
    expect(words.isWellFormed()).toBe(true);
    expect(takeFirstWords(`half \ud83d of one`).isWellFormed()).toBe(true);
  });
});
