import type { AnswerFigures } from "@/lib/contracts/messages";

/** Shorter than this, what came all at once says nothing about speed. */
const leastMs = 100;

/** Tokens in a second from the first one on; null where that cannot be told. */
export function readSpeed(figures: AnswerFigures): number | null {
  const { firstTokenMs, durationMs, outputTokens } = figures;
  if (firstTokenMs === null || outputTokens === null) return null;
  const writingMs = durationMs - firstTokenMs;
  if (writingMs < leastMs) return null;
  const speed = outputTokens / (writingMs / 1000);
  return speed < 10 ? Math.round(speed * 10) / 10 : Math.round(speed);
}
