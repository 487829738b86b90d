/** A call from which nothing was heard yet. */
export type CallOut = { id: string; atMs: number };

/** What is remembered of how a model did lately. Plain data: instances share it. */
export type BreakerState = {
  failuresInRow: number;
  lastFailureMs: number | null;
  /** When it last gave a sign that it works. */
  provenMs: number | null;
  /** Calls of the last minute, in slots of ten seconds. */
  minute: { number: number; answered: number; failed: number }[];
  /** It rests until then; null while it does not. */
  openUntilMs: number | null;
  /** The call that tries it after a rest. */
  probe: CallOut | null;
  /** Calls that went out while it was not known to work. */
  out: CallOut[];
  /** All that failed was the keys of the instance. */
  isKeyTrouble: boolean;
};

export const freshBreaker: BreakerState = {
  failuresInRow: 0,
  lastFailureMs: null,
  provenMs: null,
  minute: [],
  openUntilMs: null,
  probe: null,
  out: [],
  isKeyTrouble: false,
};

export const breakerPolicy = {
  /** So many failures in a row open it, and so many unproven calls may be out at a time. */
  failuresInRow: 5,
  /** Over half of at least so many calls within a minute open it too. */
  callsToJudge: 10,
  slotMs: 10_000,
  slots: 6,
  restMs: { least: 30_000, most: 60_000 },
  /** A model that answered within this time is known to work; older failures are forgotten. */
  memoryMs: 600_000,
  /** Nobody waits longer for what becomes of others' calls: a slow provider is no failing one. */
  waitForVerdictMs: 3_000,
  /** A call that was not heard of for so long is not waited for: its instance may be gone. */
  outMs: 60_000,
} as const;

/** Forgets what is too old to matter. @returns the same state when there is nothing to forget. */
export function tidy(state: BreakerState, nowMs: number): BreakerState {
  const { memoryMs, outMs, slotMs, slots } = breakerPolicy;
  const oldestSlot = Math.floor(nowMs / slotMs) - slots + 1;
  const isLong = state.lastFailureMs !== null && nowMs - state.lastFailureMs > memoryMs;
  const isStale =
    (isLong && state.failuresInRow > 0) ||
    state.minute.some(({ number }) => number < oldestSlot) ||
    (state.probe !== null && nowMs - state.probe.atMs > outMs) ||
    state.out.some(({ atMs }) => nowMs - atMs > outMs);
  if (!isStale) return state;
  const isForgotten = isLong && state.openUntilMs === null;
  return {
    ...state,
    failuresInRow: isForgotten ? 0 : state.failuresInRow,
    isKeyTrouble: isForgotten ? false : state.isKeyTrouble,
    minute: state.minute.filter(({ number }) => number >= oldestSlot),
    probe: state.probe !== null && nowMs - state.probe.atMs > outMs ? null : state.probe,
    out: state.out.filter(({ atMs }) => nowMs - atMs <= outMs),
  };
}

/** Whether it is known to work: it did lately, and has not failed since. */
export function isProven({ failuresInRow, provenMs }: BreakerState, nowMs: number): boolean {
  return failuresInRow === 0 && provenMs !== null && nowMs - provenMs <= breakerPolicy.memoryMs;
}

/** Whether one more answer is no news, and need not be told to anybody. */
export function isQuiet(state: BreakerState, nowMs: number): boolean {
  const { openUntilMs, out, minute, provenMs } = state;
  const isFresh =
    provenMs !== null && nowMs - provenMs < breakerPolicy.slotMs * breakerPolicy.slots;
  const isCalm = out.length === 0 && minute.every(({ failed }) => failed === 0);
  return isFresh && openUntilMs === null && isCalm && state.failuresInRow === 0;
}

/** How an admin sees it. */
export function describeBreaker(
  state: BreakerState,
  nowMs: number,
): { breaker: "closed" | "open" | "probing"; probeAt: string | null } {
  const { openUntilMs, probe } = tidy(state, nowMs);
  if (openUntilMs === null) return { breaker: "closed", probeAt: null };
  if (probe !== null) return { breaker: "probing", probeAt: null };
  return { breaker: "open", probeAt: new Date(openUntilMs).toISOString() };
}
