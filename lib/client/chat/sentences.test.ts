import { describe, expect, it } from "vitest";
import { takeSentences } from "./sentences";

describe("what is read aloud of a growing answer", () => {
  it("is whole sentences; half of one waits", () => {
    expect(takeSentences("One two. Three", 0)).toEqual({ sentences: "One two.", end: 8 });
    expect(takeSentences("One two. Three four! Fi", 8)).toEqual({
      sentences: "Three four!",
      end: 20,
    });
  });

  it("knows the ends of Chinese sentences", () => {
    expect(takeSentences("你好。请问“好吗？”然后", 0)).toEqual({
      sentences: "你好。请问“好吗？”",
      end: 10,
    });
  });

  it("does not end within a number or a name", () => {
    expect(takeSentences("Version 3.5 of example.com", 0)).toEqual({ sentences: "", end: 0 });
  });

  it("leaves the marks of Markdown out", () => {
    expect(takeSentences("## Title\n- **a** [link](https://example.com).\n", 0).sentences).toBe(
      "Title a link.",
    );
  });
});
