import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startRounds } from "./rounds";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Rounds whose ends the test decides on. */
function countRounds(everyMs: number) {
  const open: (() => void)[] = [];
  let begun = 0;
  const end = startRounds(everyMs, () => {
    begun += 1;
    return new Promise((resolve) => open.push(resolve));
  });
  return { begun: () => begun, finish: () => open.shift()?.(), end };
}

describe("rounds", () => {
  it("come one after the other, however long one takes", async () => {
    const rounds = countRounds(1_000);
    await vi.advanceTimersByTimeAsync(900);
    expect(rounds.begun()).toBe(0);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(rounds.begun()).toBe(1);
    rounds.finish();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(rounds.begun()).toBe(2);
    rounds.end();
  });

  it("go on after one that hangs, whose end then ends no other", async () => {
    const rounds = countRounds(1_000);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(rounds.begun()).toBe(2);
    rounds.finish();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(rounds.begun()).toBe(2);
    rounds.end();
  });

  it("end when told to", async () => {
    const rounds = countRounds(1_000);
    rounds.end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(rounds.begun()).toBe(0);
  });
});
