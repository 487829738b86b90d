import { describe, expect, it, vi } from "vitest";
import { TookTooLongError, within } from "./within";

describe("within", () => {
  it("gives back what came in time, or why it did not come", async () => {
    await expect(within(Promise.resolve("value"), 60_000)).resolves.toBe("value");
    await expect(within(Promise.reject(new Error("away")), 60_000)).rejects.toThrow("away");
  });

  it("waits no longer than it may", async () => {
    await expect(within(new Promise(() => undefined), 1)).rejects.toBeInstanceOf(TookTooLongError);
  });

  it("throws what every copy of its module knows", async () => {
    vi.resetModules();
    const other = await import("./within");
    expect(other.TookTooLongError).not.toBe(TookTooLongError);
    const late = other.within(new Promise(() => undefined), 1);
    await expect(late).rejects.toBeInstanceOf(TookTooLongError);
    expect(new TookTooLongError()).toBeInstanceOf(other.TookTooLongError);
  });

  it("takes nothing else for late", () => {
    for (const value of [new Error("late"), { name: "TookTooLongError" }, null, "late"])
      expect(value instanceof TookTooLongError).toBe(false);
  });
});
