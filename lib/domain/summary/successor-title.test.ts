import { expect, test } from "vitest";
import { limits } from "@/lib/contracts/limits";
import { makeSuccessorTitle, splitTitle } from "./successor-title";

test("a successor has the same title with the next number, within the limit", () => {
  expect(makeSuccessorTitle("Spring")).toBe("Spring (2)");
  expect(makeSuccessorTitle("Spring (9)")).toBe("Spring (10)");
  const long = makeSuccessorTitle("x".repeat(limits.titleCharacters));
  expect(long).toHaveLength(limits.titleCharacters);
  expect(long).toMatch(/x \(2\)$/);
});

test("the number of a title is told apart from what may be cut off", () => {
  expect(splitTitle("Spring in the north (2)")).toEqual({
    base: "Spring in the north",
    number: " (2)",
  });
  expect(splitTitle("春天 (12)")).toEqual({ base: "春天", number: " (12)" });
});

test("what is no number at the end is part of the title", () => {
  for (const title of ["Spring", "", " (2)", "Spring (two)", "Spring(2)", "In (2024) and later"])
    expect(splitTitle(title)).toEqual({ base: title, number: "" });
});

test("nothing is lost by it", () => {
  for (const title of ["Spring (2)", "Spring  (2)", "Two\nlines (3)", "Spring (2) (3)"]) {
    const { base, number } = splitTitle(title);
    expect(base + number).toBe(title);
  }
});
