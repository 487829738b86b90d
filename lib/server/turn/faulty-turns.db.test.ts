import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { db } from "../db/client";
import { closeAbandonedGenerations } from "../db/abandoned-generations";
import { findMessages } from "../db/messages";
import { updateInstanceSettings } from "../db/settings";
import { stopLiveAnswer } from "../generations/hub";
import { newId } from "../ids";
import { lastOf, readChunks, textOf, useTurns } from "./testing-turns";

const { turns, useModel, submit } = useTurns();

beforeEach(() => {
  // The shortest waits between two tries.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What is booked for the newest generation, in order. */
const findAttempts = async () => {
  const generation = await db().generation.findFirstOrThrow({ orderBy: { startedAt: "desc" } });
  return db().attempt.findMany({
    where: { generationId: generation.id },
    orderBy: { number: "asc" },
  });
};

describe("an answer that goes wrong", () => {
  it.each([
    ["error-401", "failed", "provider_key_refused"],
    ["error-404", "failed", "provider_model_missing"],
    ["error-429", "failed", "provider_rate_limited"],
    ["error-429-quota", "failed", "provider_out_of_credit"],
    ["error-500", "failed", "provider_failed"],
    ["error-500-once", "complete", null],
    ["error-429-ms", "complete", null],
    ["redirect", "failed", "provider_redirected"],
    ["filtered-prompt", "filtered", "answer_filtered"],
    ["late-filter", "filtered", "answer_filtered"],
    ["finish-error", "interrupted", "provider_failed"],
    ["malformed-chunk", "interrupted", "answer_damaged"],
    ["malformed-first", "failed", "provider_incompatible"],
    ["page-instead", "failed", "provider_incompatible"],
    ["refusal", "complete", null],
    ["text-and-tools", "complete", null],
    ["tool-calls", "failed", "empty_answer"],
    ["reasoning-only", "failed", "empty_answer"],
    ["usage-strings", "complete", null],
    ["azure-frames", "complete", null],
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

  it("tells its readers before each further try, and books every one", async () => {
    await useModel("error-500-twice");
    const chunks = await readChunks(await submit(newId(), "Once more"));
    const notices = chunks.flatMap((chunk) =>
      chunk.type === "message-metadata" ? [chunk.messageMetadata.retry ?? null] : [],
    );
    expect(notices.filter((notice) => notice !== null)).toEqual([
      { attempt: 2, of: 3, waitMs: 500, errorCode: "provider_failed" },
      { attempt: 3, of: 3, waitMs: 500, errorCode: "provider_failed" },
    ]);
    expect(lastOf(chunks)).toMatchObject({ status: "complete", retry: null });
    expect(await findAttempts()).toMatchObject([
      { number: 1, outcome: "failed", httpStatus: 500, usageSource: null },
      { number: 2, outcome: "failed", httpStatus: 500, usageSource: null },
      { number: 3, outcome: "answered", httpStatus: 200, usageSource: "reported" },
    ]);
  });

  it("is stopped within a wait, at once", async () => {
    await useModel("error-429-retry");
    const id = newId();
    const response = await submit(id, "Wait");
    await expect.poll(() => turns.provider.requests().length).toBe(1);
    const startedMs = performance.now();
    setTimeout(() => void stopLiveAnswer(turns.actor, id), 100);
    expect(lastOf(await readChunks(response)).status).toBe("stopped");
    expect(performance.now() - startedMs).toBeLessThan(800);
    expect(turns.provider.requests()).toHaveLength(1);
    expect(await findAttempts()).toHaveLength(1);
  });

  it("says what an empty answer had instead, and how long a conversation is", async () => {
    for (const [model, details] of [
      ["reasoning-only", { had: "reasoning" }],
      ["tool-calls", { had: "tools" }],
      ["context-too-long", { status: 400, tokens: 5120, limit: 4096 }],
    ] as const) {
      await useModel(model);
      expect(lastOf(await readChunks(await submit(newId(), "Well?"))).errorDetails).toEqual(
        details,
      );
    }
  });

  it("stores what PostgreSQL can hold of NUL and lone surrogates", async () => {
    await useModel("nul");
    const chunks = await readChunks(await submit(newId(), "Odd"));
    expect(lastOf(chunks).status).toBe("complete");
    expect(textOf(chunks)).not.toContain("\u0000");
    expect(textOf(chunks).isWellFormed()).toBe(true);
  });

  it("keeps a character whole that two deltas share", async () => {
    await useModel("surrogates-split");
    const id = newId();
    const chunks = await readChunks(await submit(id, "Smile"));
    expect(textOf(chunks)).toBe("A smile: 😀, and half of one: � done.");
    const { messages } = await findMessages(turns.actor, id, { limit: 2 });
    expect(messages[1]?.parts).toEqual([{ type: "text", text: textOf(chunks) }]);
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
