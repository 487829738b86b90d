import { describe, expect, it } from "vitest";
import { backoffMs, waitOrWake } from "./backoff";

describe("waiting before another try", () => {
  it("doubles, and never grows beyond fifteen seconds", () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((attempt) => backoffMs(attempt, 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000,
    ]);
  });

  it("spreads over half of the time", () => {
    expect(backoffMs(3, 0)).toBe(1000);
    expect(backoffMs(3, 0.5)).toBe(1500);
  });

  it("ends at once when it is woken, also before it began", async () => {
    const wake = new AbortController();
    const waiting = waitOrWake(60_000, wake.signal);
    wake.abort();
    await waiting;
    await waitOrWake(60_000, wake.signal);
  });
});
