import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPainter } from "./painter";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How often it paints when it is asked every 10 ms for a second, and a paint takes so long. */
function paintForASecond(costMs: number): number {
  let count = 0;
  let spentMs = 0;
  const startMs = Date.now();
  const nowMs = () => Date.now() - startMs + spentMs;
  const painter = createPainter(() => {
    count += 1;
    spentMs += costMs;
  }, nowMs);
  while (nowMs() < 1_000) {
    painter.request();
    vi.advanceTimersByTime(10);
  }
  return count;
}

describe("a painter", () => {
  it("paints at most twenty times a second", () => {
    const count = paintForASecond(1);
    expect(count).toBeGreaterThanOrEqual(15);
    expect(count).toBeLessThanOrEqual(21);
  });

  it("leaves a slow machine most of its time", () => {
    const costMs = 30;
    expect(paintForASecond(costMs) * costMs).toBeLessThan(300);
    expect(paintForASecond(costMs)).toBeGreaterThan(4);
  });

  it("paints the first update at once, and the last when asked to finish", () => {
    const paint = vi.fn();
    const painter = createPainter(paint);
    painter.request();
    expect(paint).toHaveBeenCalledTimes(1);
    painter.request();
    expect(paint).toHaveBeenCalledTimes(1);
    painter.finish();
    expect(paint).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1_000);
    expect(paint).toHaveBeenCalledTimes(2);
  });
});
