import { describe, expect, it } from "vitest";
import { MixedTexts } from "@/e2e/fixtures/mixed-texts";
import { storedPlanSchema, type ContextPolicy } from "@/lib/contracts/context";
import { db } from "../db/client";
import { storeModel } from "../db/testing-models";
import { newId } from "../ids";
import { sealProviderKey } from "../providers/provider-key";
import { lastOf, readChunks, textOf, useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

const whole: ContextPolicy = { kind: "window", rounds: 10, tokens: 4_000 };
const refusals = () => turns.provider.requests().filter(({ isTooLong }) => isTooLong).length;

/** The one model of the instance, with what its card says of its window. */
async function useWindow(name: string, contextWindow: number): Promise<void> {
  const id = await useModel(name);
  await db().model.update({ where: { id }, data: { contextWindow } });
}

const about = "Tell me about the ships in the harbour, and about the people on them. ".repeat(12);

async function talk(id: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const settings = number === 1 ? { settings: { contextPolicy: whole } } : {};
    await readChunks(await submit(id, `#${String(number)} ${about}`, settings));
  }
}

describe("a turn that its model finds too long", () => {
  it("is cut once more, and reader, generation and books know of it", async () => {
    await useWindow("plain@20000", 20_000);
    const id = newId();
    await talk(id, 12);
    // The server behind the name is another now, with less room than its card says.
    await db().model.updateMany({ data: { name: "plain@2000" } });
    const chunks = await readChunks(await submit(id, "And now?"));
    const last = lastOf(chunks);
    expect([last.status, refusals()]).toEqual(["complete", 1]);
    expect(textOf(chunks)).toContain("And now?");
    expect(last.plan).toMatchObject({ isCutAgain: true, window: 2_000 });
    const told = chunks.flatMap((chunk) =>
      "messageMetadata" in chunk ? [chunk.messageMetadata.plan?.isCutAgain ?? null] : [],
    );
    expect(told.indexOf(false)).toBeLessThan(told.indexOf(true));
    const [generation] = await db().generation.findMany({
      orderBy: { startedAt: "desc" },
      take: 1,
    });
    const stored = storedPlanSchema.parse(generation?.contextPlan);
    expect(stored).toEqual(last.plan);
    const attempts = await db().attempt.findMany({
      where: { generationId: generation?.id ?? "" },
      orderBy: { number: "asc" },
    });
    expect(attempts).toMatchObject([
      { number: 1, outcome: "failed", errorCode: "context_too_long", usageSource: null },
      { number: 2, outcome: "answered", usageSource: "reported" },
    ]);
    // The next one is right at once.
    const next = lastOf(await readChunks(await submit(id, "And then?")));
    expect([next.status, next.plan?.isCutAgain, refusals()]).toEqual(["complete", false, 1]);
  });

  it("fails with a sentence's figures when it refuses twice, and the question stays", async () => {
    await useWindow("plain@20000", 20_000);
    const id = newId();
    await talk(id, 12);
    await db().model.updateMany({ data: { name: "plain@900s" } });
    const last = lastOf(await readChunks(await submit(id, "And now?")));
    expect(last).toMatchObject({ status: "failed", errorCode: "context_too_long" });
    expect(refusals()).toBe(2);
    const questions = await db().message.findMany({ where: { role: "user", conversationId: id } });
    expect(JSON.stringify(questions)).toContain("And now?");
  });
});

const windows = ["2000", "4000c", "8000", "12000c", "16000"];
const policies: ContextPolicy[] = [
  { kind: "rounds", rounds: 10, tokens: 4_000 },
  { kind: "rounds", rounds: 200, tokens: 4_000 },
  { kind: "tokens", rounds: 10, tokens: 3_000 },
  { kind: "summary", rounds: 5, tokens: 4_000 },
  whole,
];
const turnCount = Number(process.env["TALK_TURNS"] ?? 60);

describe("a long talk", () => {
  it(
    "changes models and policies on the way, and nobody ever finds it too long",
    async () => {
      const texts = new MixedTexts(Number(process.env["TALK_SEED"] ?? 3));
      const aliases: string[] = [];
      for (const window of windows) {
        const { modelId } = await storeModel({
          name: `brief@${window}`,
          baseUrl: turns.provider.url,
          key: sealProviderKey("sk-test", "1"),
        });
        await db().model.update({
          where: { id: modelId },
          data: { contextWindow: parseInt(window, 10) },
        });
        aliases.push(modelId);
      }
      const id = newId();
      let model = texts.pick(aliases);
      const seen: string[] = [];
      for (let number = 1; number <= turnCount; number += 1) {
        let settings = {};
        if (texts.draw() < 0.15) {
          model = texts.pick(aliases);
          const parameters = texts.pick([
            null,
            { maxOutputTokens: 300 },
            { maxOutputTokens: 90_000 },
          ]);
          settings = { settings: { contextPolicy: texts.pick(policies), parameters } };
        }
        const chunks = await readChunks(
          await submit(id, texts.write(number), { model, ...settings }),
        );
        const { status, errorCode } = lastOf(chunks);
        if (status !== "complete") seen.push(`${String(number)} ${status} ${String(errorCode)}`);
      }
      const tooLong = turns.provider.requests().filter(({ isTooLong }) => isTooLong);
      expect([...seen, ...tooLong.map(({ model: name }) => name)]).toEqual([]);
    },
    Math.max(30_000, turnCount * 200),
  );
});
