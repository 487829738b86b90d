import { expect, it } from "vitest";
import { estimateRowPx } from "./row-height";

const heightOf = (text: string, role: "user" | "assistant" = "assistant") =>
  estimateRowPx({ role, parts: [{ type: "text", text }] });

it("guesses more for more text, and twice as much for Chinese", () => {
  const latin = heightOf("word ".repeat(400));
  expect(latin).toBeGreaterThan(heightOf("word ".repeat(40)));
  expect(heightOf("字".repeat(2_000)) / latin).toBeGreaterThan(1.6);
});

it("counts lines, folds what one wrote oneself, and has a limit", () => {
  expect(heightOf("a\n".repeat(60))).toBeGreaterThan(1_000);
  expect(heightOf("a\n".repeat(60), "user")).toBeLessThan(400);
  expect(heightOf("word ".repeat(100_000))).toBe(6_000);
});
