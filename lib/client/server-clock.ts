/** How far the server's clock is ahead of this one; null while no answer has said what time it is. */
let aheadMs: number | null = null;

/** A header tells whole seconds: the middle of that second is nearest. */
const halfSecondMs = 500;

/** Takes the server's time from an answer's `date` header. */
export function noteServerTime(header: string | null, nowMs: number): void {
  const serverMs = Date.parse(header ?? "");
  if (!Number.isNaN(serverMs)) aheadMs = serverMs + halfSecondMs - nowMs;
}

/**
 * A moment that the server wrote down, by this browser's clock, and never later than now: the two
 * clocks may differ by hours.
 *
 * @returns milliseconds of Date; `nowMs` where that moment, or the server's clock, is unknown.
 */
export function toOwnMs(serverTime: string | undefined, nowMs: number): number {
  const serverMs = Date.parse(serverTime ?? "");
  return aheadMs === null || Number.isNaN(serverMs) ? nowMs : Math.min(nowMs, serverMs - aheadMs);
}
