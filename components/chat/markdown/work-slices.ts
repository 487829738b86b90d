/** A slice of work leaves the page to its reader after this long. */
const sliceMs = 8;
/** Work that nobody has time for is done all the same after this long. */
const patienceMs = 250;

const waiting = new Set<() => void>();
let isAsked = false;

/**
 * Does a small piece of work when the page has time for it, one after the other. Returns what
 * takes it back.
 */
export function whenIdle(work: () => void): () => void {
  waiting.add(work);
  if (!isAsked) askForSlice();
  return () => {
    waiting.delete(work);
  };
}

function askForSlice(): void {
  isAsked = true;
  // Safari has no idle callbacks; there, the pause between two slices is what the page gets.
  if ("requestIdleCallback" in window) requestIdleCallback(runSlice, { timeout: patienceMs });
  else setTimeout(runSlice, 30);
}

function runSlice(): void {
  isAsked = false;
  const endMs = performance.now() + sliceMs;
  for (const work of waiting) {
    waiting.delete(work);
    work();
    if (performance.now() >= endMs) break;
  }
  if (waiting.size > 0) askForSlice();
}
