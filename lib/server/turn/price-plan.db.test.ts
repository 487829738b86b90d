import { expect, it } from "vitest";
import { planRequestSchema } from "@/lib/contracts/context";
import { db } from "../db/client";
import { newId } from "../ids";
import { previewPlan } from "./preview-plan";
import { useTurns } from "./testing-turns";

const { turns } = useTurns();

/** What the preview says of a turn with so many answers of at most 100 tokens. */
async function priceAnswers(n: number) {
  const settings = { parameters: { n, maxOutputTokens: 100 } };
  const request = planRequestSchema.parse({ text: "Hello", settings });
  const { cost } = await previewPlan(turns.actor, newId(), request);
  return cost ?? { inputMicros: 0, mostMicros: 0 };
}

it("a turn costs as much as all answers that it asks for", async () => {
  const { id: modelId } = await db().model.findFirstOrThrow();
  const micros = { inputMicros: 2_000_000n, outputMicros: 8_000_000n };
  await db().price.create({ data: { id: newId(), modelId, currency: "CNY", ...micros } });
  const one = await priceAnswers(1);
  expect(one.inputMicros).toBeGreaterThan(0);
  // Three calls, and each sends the prompt.
  expect(await priceAnswers(3)).toMatchObject({
    inputMicros: 3 * one.inputMicros,
    mostMicros: 3 * one.mostMicros,
  });
  await db().model.updateMany({ data: { card: { parameters: { n: "yes" } } } });
  expect(await priceAnswers(3)).toMatchObject({
    inputMicros: one.inputMicros,
    mostMicros: one.mostMicros + 2 * 100 * 8,
  });
});
