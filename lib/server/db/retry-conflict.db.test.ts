import { describe, expect, it, vi } from "vitest";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";
import { useTestDatabase } from "./testing";

useTestDatabase();

/** Fails with this error of PostgreSQL so many times, and works from then on. */
const failing = (code: string, times: number) =>
  vi.fn(async () => {
    if (times-- > 0)
      await db().$executeRawUnsafe(
        `DO $$ BEGIN RAISE EXCEPTION 'sacrificed' USING ERRCODE = '${code}'; END $$`,
      );
    return "done";
  });

describe("retryConflict", () => {
  it.each(["40001", "40P01"])("runs again what PostgreSQL sacrificed (%s)", async (code) => {
    const run = failing(code, 3);
    expect(await retryConflict(run)).toBe("done");
    expect(run).toHaveBeenCalledTimes(4);
  });

  it("gives up after three more times", async () => {
    const run = failing("40P01", 9);
    await expect(retryConflict(run)).rejects.toThrow();
    expect(run).toHaveBeenCalledTimes(4);
  });

  it("does not run again what is simply wrong", async () => {
    const run = failing("22012", 1);
    await expect(retryConflict(run)).rejects.toThrow();
    expect(run).toHaveBeenCalledTimes(1);
  });
});
