/** Text that moves more often than this is not read better, but costs twice. */
const paintEveryMs = 50;
/** Where painting takes long, this many times as long is left to everything else. */
const restFactor = 5;
const slowestMs = 250;

/**
 * Coalesces updates: runs `paint` at once when nothing was painted lately, and otherwise a little
 * later, at most twenty times a second, and less often on a slow machine.
 */
export function createPainter(paint: () => void, nowMs = () => performance.now()) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  let gapMs = paintEveryMs;
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    lastMs = nowMs();
    paint();
    // What follows from it is done before the next task begins.
    setTimeout(() => {
      const costMs = nowMs() - lastMs;
      gapMs = Math.min(slowestMs, Math.max(paintEveryMs, costMs * restFactor));
    });
  };
  return {
    request(): void {
      if (timer !== null) return;
      const waitMs = lastMs + gapMs - nowMs();
      if (waitMs <= 0) flush();
      else timer = setTimeout(flush, waitMs);
    },
    /** Paints now, for the last time. */
    finish: flush,
  };
}
