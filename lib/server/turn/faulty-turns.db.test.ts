import { describe, expect, it } from "vitest";
import { closeAbandonedGenerations } from "../db/generations";
import { findMessages } from "../db/messages";
import { updateInstanceSettings } from "../db/settings";
import { newId } from "../ids";
import { lastOf, readChunks, textOf, useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

describe("an answer that goes wrong", () => {
  it.each([
    ["error-401", "failed", "provider_key_refused"],
    ["error-404", "failed", "provider_model_missing"],
    ["error-429", "failed", "provider_rate_limited"],
    ["error-429-quota", "failed", "provider_out_of_credit"],
    ["error-500", "failed", "provider_failed"],
    ["context-too-long", "failed", "context_too_long"],
    ["empty", "failed", "empty_answer"],
    ["reset", "interrupted", "connection_lost"],
    ["no-finish", "interrupted", "connection_lost"],
    ["error-in-stream", "interrupted", "provider_failed"],
    ["content-filter", "filtered", "answer_filtered"],
    ["length", "length", null],
    ["no-done", "complete", null],
    ["json-instead", "complete", null],
    ["bad-usage", "complete", null],
  ])("%s ends as %s", async (model, status, errorCode) => {
    await useModel(model);
    const id = newId();
    const chunks = await readChunks(await submit(id, "Try this"));
    expect(lastOf(chunks)).toMatchObject({ status, errorCode });
    const { messages } = await findMessages(turns.actor, id, { limit: 10 });
    expect(messages[0]?.parts).toEqual([{ type: "text", text: "Try this" }]);
    expect(messages[1]).toMatchObject({ status, errorCode });
    if (status === "interrupted") expect(textOf(chunks).length).toBeGreaterThan(0);
    expect(JSON.stringify(chunks)).not.toContain("sk-test");
    await useModel("plain");
    expect(lastOf(await readChunks(await submit(id, "And now")))).toMatchObject({
      status: "complete",
    });
  });

  it.each(["stall", "stall-headers", "stall-mid"])(
    "%s ends as a time-out, never as an endless wait",
    async (model) => {
      await updateInstanceSettings(
        { system: "test" },
        { firstTokenTimeoutSeconds: 1, idleTimeoutSeconds: 1 },
      );
      await useModel(model);
      const chunks = await readChunks(await submit(newId(), "Anybody?"));
      expect(lastOf(chunks)).toMatchObject({ errorCode: "provider_timeout" });
      await updateInstanceSettings(
        { system: "test" },
        { firstTokenTimeoutSeconds: 120, idleTimeoutSeconds: 60 },
      );
    },
  );

  it("stores what PostgreSQL can hold of NUL and lone surrogates", async () => {
    await useModel("nul");
    const chunks = await readChunks(await submit(newId(), "Odd"));
    expect(lastOf(chunks).status).toBe("complete");
    expect(textOf(chunks)).not.toContain("\u0000");
    expect(textOf(chunks).isWellFormed()).toBe(true);
  });

  it("shows reasoning apart, from a field and from tags", async () => {
    for (const model of ["reasoning", "think-tags"]) {
      await useModel(model);
      const id = newId();
      await (await submit(id, "Think")).text();
      const { messages } = await findMessages(turns.actor, id, { limit: 2 });
      expect(messages[1]?.parts.map((part) => part.type)).toEqual(["reasoning", "text"]);
    }
  });

  it("is saved whole though it was given up for lost in a long outage", async () => {
    await useModel("slow");
    const id = newId();
    const response = await submit(id, "Slowly");
    await closeAbandonedGenerations({ system: "test" }, -60_000);
    const before = await findMessages(turns.actor, id, { limit: 2 });
    expect(before.messages[1]?.status).toBe("failed");
    const chunks = await readChunks(response);
    const { messages } = await findMessages(turns.actor, id, { limit: 2 });
    expect(messages[1]).toMatchObject({
      status: "complete",
      errorCode: null,
      parts: [{ type: "text", text: textOf(chunks) }],
    });
  }, 40_000);
});
