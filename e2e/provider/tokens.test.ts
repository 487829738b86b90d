import { expect, it } from "vitest";
import { splitTokens } from "./tokens";

it.each(["Hello, world", "你好，世界 and a word", "  spaced\n\nlines ", "👩‍👩‍👧‍👦", ""])(
  "cuts %j into pieces that make the text again",
  (text) => {
    expect(splitTokens(text).join("")).toBe(text);
  },
);
