import { expect, it } from "vitest";
import { deriveTitle } from "./title";

it("takes the first line that says something, without Markdown's marks", () => {
  expect(deriveTitle("\n\n## Plan for   Monday\nmore")).toBe("Plan for Monday");
});

it("cuts a long line at a word", () => {
  const title = deriveTitle("word ".repeat(40));
  expect(title).toMatch(/^(word )+word…$/);
  expect(title.length).toBeLessThanOrEqual(61);
});

it("cuts Chinese by characters, and never through an emoji", () => {
  expect(Array.from(deriveTitle("请帮我".repeat(50)))).toHaveLength(61);
  expect(deriveTitle("😀".repeat(80)).isWellFormed()).toBe(true);
});

it("is empty when there is nothing to say", () => {
  expect(deriveTitle(" \n ```\n")).toBe("");
});
