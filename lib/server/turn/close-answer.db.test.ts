import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { db } from "../db/client";
import type * as closing from "../db/close-turn";
import { closeAbandonedGenerations } from "../db/abandoned-generations";
import { findMessages } from "../db/messages";
import type * as environment from "../env";
import { findLiveAnswer } from "../generations/hub";
import { newId } from "../ids";
import { lifecycle } from "../start/lifecycle";
import { closeKeptTurn } from "./close-answer";
import { lastOf, readChunks, textOf, useTurns } from "./testing-turns";
import { closeKeptTurns, keepAllUnsaved } from "./unsaved-turns";

type Mode = "works" | "away" | "hangs";

const database = vi.hoisted<{ mode: Mode; calls: number[]; askedAtMs: number }>(() => ({
  mode: "works",
  calls: [],
  askedAtMs: 0,
}));

vi.mock("../db/close-turn", async (importOriginal) => {
  const original = await importOriginal<typeof closing>();
  const closeTurns: typeof original.closeTurns = async (system, turns) => {
    if (database.calls.push(turns.length) === 1) database.askedAtMs = performance.now();
    while (database.mode === "hangs") await new Promise((resolve) => setTimeout(resolve, 20));
    if (database.mode === "away") throw Object.assign(new Error("away"), { code: "ECONNREFUSED" });
    return original.closeTurns(system, turns);
  };
  return { ...original, closeTurns };
});

const data = vi.hoisted<{ dir: string }>(() => ({ dir: "" }));
data.dir = mkdtempSync(path.join(tmpdir(), "parley-unsaved-"));
afterAll(() => {
  rmSync(data.dir, { recursive: true });
});

vi.mock("../env", async (importOriginal) => {
  const original = await importOriginal<typeof environment>();
  return { ...original, env: () => ({ ...original.env(), dataDir: data.dir }) };
});

const { turns, useModel, submit } = useTurns();
const directory = path.join(data.dir, "unsaved");

beforeEach(() => {
  database.mode = "works";
  database.calls = [];
  rmSync(directory, { recursive: true, force: true });
});

const answerIn = async (conversationId: string) =>
  (await findMessages(turns.actor, conversationId, { limit: 5 })).messages[1];

const waitUntilSaved = (conversationId: string) =>
  expect
    .poll(async () => (await answerIn(conversationId))?.status, { timeout: 10_000 })
    .toBe("complete");

describe("the end of an answer", () => {
  it("takes few connections where many end while the database hangs, and all are stored", async () => {
    const ids = Array.from({ length: 6 }, () => newId());
    const responses = await Promise.all(ids.map((id) => submit(id, "Hello")));
    database.mode = "hangs";
    await Promise.all(responses.map(readChunks));
    expect(database.calls).toHaveLength(3);
    database.mode = "works";
    for (const id of ids) await waitUntilSaved(id);
    expect(database.calls).toHaveLength(6);
  });

  it.each(["away", "hangs"] as const)(
    "reaches its reader within a second while the database %s, and is stored when it is back",
    async (mode) => {
      const id = newId();
      const response = await submit(id, "Hello");
      database.mode = mode;
      const chunks = await readChunks(response);
      expect(performance.now() - database.askedAtMs).toBeLessThan(1_500);
      expect(lastOf(chunks)).toMatchObject({ status: "complete", isSaved: false });
      expect(findLiveAnswer(turns.actor, id)).not.toBeNull();
      database.mode = "works";
      await waitUntilSaved(id);
      expect((await answerIn(id))?.parts).toEqual([{ type: "text", text: textOf(chunks) }]);
      expect(await db().attempt.count()).toBe(1);
      await expect.poll(() => findLiveAnswer(turns.actor, id)).toBeNull();
    },
    15_000,
  );

  it("says nothing of saving when it was saved at once", async () => {
    const chunks = await readChunks(await submit(newId(), "Hello"));
    expect(lastOf(chunks)).not.toHaveProperty("isSaved");
  });

  it("waits in a file that only its owner reads, and is stored at the next start", async () => {
    const id = newId();
    const response = await submit(id, "Hello");
    database.mode = "away";
    const chunks = await readChunks(response);
    keepAllUnsaved();
    const [name = ""] = readdirSync(directory);
    const file = path.join(directory, name);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, "utf8")).toContain(JSON.stringify(textOf(chunks)));
    // Another instance gave it up for lost meanwhile.
    await closeAbandonedGenerations({ system: "test" }, -60_000);
    await expect(closeKeptTurns(closeKeptTurn)).rejects.toThrow("away");
    expect(readdirSync(directory)).toEqual([name]);
    database.mode = "works";
    writeFileSync(path.join(directory, "broken.json"), "{");
    await closeKeptTurns(closeKeptTurn);
    expect(readdirSync(directory)).toEqual(["broken.json.unreadable"]);
    expect(await answerIn(id)).toMatchObject({
      status: "complete",
      parts: [{ type: "text", text: textOf(chunks) }],
    });
    expect(await db().attempt.count()).toBe(1);
    await closeKeptTurns(closeKeptTurn);
    await expect.poll(() => findLiveAnswer(turns.actor, id), { timeout: 5_000 }).toBeNull();
  });

  it("shares one statement with all others that end while the process stops", async () => {
    await useModel("gate");
    const ids = [newId(), newId(), newId(), newId()];
    const answers = await Promise.all(ids.map((id) => submit(id, "Hello")));
    await expect.poll(() => turns.provider.requests()).toHaveLength(4);
    lifecycle().phase = "stopping";
    try {
      for (const id of ids) findLiveAnswer(turns.actor, id)?.abort("shutdown");
      await Promise.all(answers.map((answer) => answer.text()));
    } finally {
      lifecycle().phase = "starting";
    }
    expect(database.calls).toEqual([4]);
    expect(await db().attempt.count()).toBe(4);
  });
});
