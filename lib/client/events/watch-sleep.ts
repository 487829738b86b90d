const tickMs = 5_000;
/** Well above what a busy page loses between two ticks. */
const sleptMs = 20_000;

/** Calls `onWake` when so much time is missing that the machine must have slept. */
export function watchSleep(onWake: () => void, nowMs: () => number = Date.now): () => void {
  let lastMs = nowMs();
  const timer = setInterval(() => {
    const gapMs = nowMs() - lastMs;
    lastMs = nowMs();
    if (gapMs > sleptMs) onWake();
  }, tickMs);
  return () => clearInterval(timer);
}
