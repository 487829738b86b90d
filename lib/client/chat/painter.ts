/** Text that moves more often than this is not read better, but costs twice. */
const paintEveryMs = 50;

/**
 * Coalesces updates: runs `paint` at once when nothing was painted lately, and otherwise a little
 * later, at most twenty times a second.
 */
export function createPainter(paint: () => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    lastMs = performance.now();
    paint();
  };
  return {
    request(): void {
      if (timer !== null) return;
      const waitMs = lastMs + paintEveryMs - performance.now();
      if (waitMs <= 0) flush();
      else timer = setTimeout(flush, waitMs);
    },
    /** Paints now, for the last time. */
    finish: flush,
  };
}
