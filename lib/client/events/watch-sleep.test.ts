import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchSleep } from "./watch-sleep";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("notices that the machine slept, and nothing else", () => {
  let sleptMs = 0;
  const onWake = vi.fn();
  const stop = watchSleep(onWake, () => Date.now() + sleptMs);
  vi.advanceTimersByTime(60_000);
  expect(onWake).not.toHaveBeenCalled();
  sleptMs = 15_000;
  vi.advanceTimersByTime(10_000);
  expect(onWake).not.toHaveBeenCalled();
  sleptMs += 8 * 60 * 60_000;
  vi.advanceTimersByTime(10_000);
  expect(onWake).toHaveBeenCalledTimes(1);
  stop();
  sleptMs += 60_000;
  vi.advanceTimersByTime(10_000);
  expect(onWake).toHaveBeenCalledTimes(1);
});
