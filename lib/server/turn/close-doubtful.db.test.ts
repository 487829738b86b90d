import { describe, expect, it, vi } from "vitest";
import { db } from "../db/client";
import type * as closeTurn from "../db/close-turn";
import type * as opening from "../db/open-turn";
import { newId } from "../ids";
import { findRows, lastOf, readChunks, useTurns } from "./testing-turns";

const lost = vi.hoisted(() => ({ isNext: false }));

vi.mock("../db/open-turn", async (importActual) => {
  const actual = await importActual<typeof opening>();
  const openTurn: typeof actual.openTurn = async (...given) => {
    const opened = await actual.openTurn(...given);
    if (!lost.isNext) return opened;
    lost.isNext = false;
    throw Object.assign(new Error("Connection terminated unexpectedly"), { code: "ECONNRESET" });
  };
  return { ...actual, openTurn };
});

const closing = vi.hoisted(() => ({ statements: 0 }));

vi.mock("../db/close-turn", async (importActual) => {
  const actual = await importActual<typeof closeTurn>();
  const closeTurns: typeof actual.closeTurns = (...given) => {
    closing.statements += 1;
    return actual.closeTurns(...given);
  };
  return { ...actual, closeTurns };
});

const { submit, turns } = useTurns();

describe("a turn whose opening was committed without anybody hearing of it", () => {
  it("fails at once, asks no provider, and leaves the conversation free", async () => {
    const id = newId();
    lost.isNext = true;
    await expect(submit(id, "Anybody?")).rejects.toThrow();
    await expect
      .poll(async () => (await db().conversation.findMany())[0]?.liveMessageIds)
      .toEqual([]);
    expect(await findRows()).toMatchObject([
      { role: "user", status: "complete" },
      { role: "assistant", status: "failed", errorCode: "database_unavailable" },
    ]);
    expect(turns.provider.requests()).toEqual([]);
    // With however many answers it might have been: a database in need has better to do.
    expect(closing.statements).toBe(1);
    expect(lastOf(await readChunks(await submit(id, "And now?")))).toMatchObject({
      status: "complete",
    });
  });
});
