import { describe, expect, it } from "vitest";
import type { DialectName } from "@/e2e/provider/dialects/find";
import type { ProviderKind } from "@/lib/contracts/providers";
import { db } from "../db/client";
import { newId } from "../ids";
import { lastOf, readChunks, textOf, useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

/** Puts a model of a strictly played provider in the place of the instance's one model. */
async function useDialect(name: DialectName & ProviderKind, model: string): Promise<void> {
  const id = await useModel(model);
  const { providerId } = await db().model.findUniqueOrThrow({ where: { id } });
  await db().provider.update({
    where: { id: providerId },
    data: { kind: name, baseUrl: turns.provider.dialectUrl(name), apiVersion: "2024-10-21" },
  });
}

const findAttempts = () => db().attempt.findMany({ orderBy: { number: "asc" } });

describe("a turn in a provider's dialect", () => {
  it("is answered by a deployment at Azure", async () => {
    await useDialect("azure", "gpt-deployment");
    const chunks = await readChunks(await submit(newId(), "Hello"));
    expect(textOf(chunks)).not.toBe("");
    expect(lastOf(chunks).status).toBe("complete");
    expect(await findAttempts()).toMatchObject([{ outcome: "answered", usageSource: "reported" }]);
  });

  it("is told apart where Azure's filter strikes", async () => {
    await useDialect("azure", "gpt-deployment");
    const chunks = await readChunks(await submit(newId(), "violence-please"));
    expect(lastOf(chunks)).toMatchObject({ status: "filtered", errorCode: "answer_filtered" });
  });

  it("shows thoughts, and keeps what was left out of the request", async () => {
    await useDialect("deepseek", "deepseek-v4-pro");
    const settings = { parameters: { temperature: 1.2, seed: 4, topP: 0.9 } };
    const chunks = await readChunks(await submit(newId(), "Hello", { settings }));
    expect(lastOf(chunks).status).toBe("complete");
    expect(chunks.some(({ type }) => type === "reasoning-delta")).toBe(true);
    const [attempt] = await findAttempts();
    expect(attempt?.leftOut).toEqual([
      { name: "temperature", reason: "fixed_by_model" },
      { name: "seed", reason: "not_taken" },
    ]);
  });

  it("books one request where a refused field was left out on the way", async () => {
    await useDialect("openai", "o-strict");
    const settings = { parameters: { temperature: 0.2, maxOutputTokens: 400 } };
    const chunks = await readChunks(await submit(newId(), "Hello", { settings }));
    expect(lastOf(chunks).status).toBe("complete");
    expect(turns.provider.requests()).toHaveLength(2);
    expect(await findAttempts()).toMatchObject([
      { outcome: "answered", leftOut: [{ name: "temperature", reason: "not_taken" }] },
    ]);
  });
});
