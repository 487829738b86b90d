import { expect, it } from "vitest";
import { markdownAnswer, markdownToken } from "./markdown";

it("repeats the page, token by token, without losing a character", () => {
  let text = "";
  for (let index = 0; text.length < markdownAnswer.length * 2; index++) {
    text += markdownToken(index);
  }
  expect(text).toBe(markdownAnswer.repeat(2));
});
