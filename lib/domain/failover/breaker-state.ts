import type { BreakerState, CallOut } from "./breaker-memory";
import { breakerPolicy, isProven, tidy } from "./breaker-memory";

/** Who asks to call a model. */
export type Entrant = {
  id: string;
  nowMs: number;
  /** It has waited for a verdict as long as anybody has to. */
  hasWaited: boolean;
  /** It comes with a key of its own: what is wrong with the shared ones is not its trouble. */
  hasOwnKey: boolean;
};

export type Leave = { kind: "go" } | { kind: "wait" } | { kind: "resting"; retryAfterMs: number };

/**
 * Whether a call may go out. A model that is not known to work takes a few calls only until one of
 * them comes back; one that rests takes none, and a single probe when its rest is over.
 */
export function enterBreaker(before: BreakerState, entrant: Entrant): [BreakerState, Leave] {
  const { id, nowMs, hasWaited, hasOwnKey } = entrant;
  const state = tidy(before, nowMs);
  if (hasOwnKey && state.isKeyTrouble) return [before, { kind: "go" }];
  const call: CallOut = { id, atMs: nowMs };
  if (state.openUntilMs !== null) {
    const restMs = state.openUntilMs - nowMs;
    if (restMs > 0) return [before, { kind: "resting", retryAfterMs: restMs }];
    if (state.probe === null) return [{ ...state, probe: call }, { kind: "go" }];
    if (!hasWaited) return [before, { kind: "wait" }];
    return [before, { kind: "resting", retryAfterMs: breakerPolicy.waitForVerdictMs }];
  }
  if (isProven(state, nowMs)) return [before, { kind: "go" }];
  const isFull = state.out.length + state.failuresInRow >= breakerPolicy.failuresInRow;
  if (isFull && !hasWaited) return [before, { kind: "wait" }];
  return [{ ...state, out: [...state.out, call] }, { kind: "go" }];
}

/**
 * What came of a call: the provider's headers, its first content, a fault of the model's or the
 * provider's, trouble with the shared keys; or nothing that says anything about the model.
 */
export type Verdict = "headers" | "answered" | "fault" | "key" | "none";

export type Report = {
  id: string;
  verdict: Verdict;
  nowMs: number;
  /** Answers since the last report that were not told one by one. */
  answersBefore: number;
  hasOwnKey: boolean;
  /** From 0 up to 1. */
  random: number;
};

export type BreakerChange = "opened" | "closed" | null;

/** Takes note of what came of a call. */
export function settleBreaker(
  before: BreakerState,
  { id, verdict, nowMs, answersBefore, hasOwnKey, random }: Report,
): [BreakerState, BreakerChange] {
  // That another key works says nothing about the shared ones.
  if (hasOwnKey && before.isKeyTrouble) return [before, null];
  const state = count(tidy(before, nowMs), nowMs, answersBefore, 0);
  if (verdict === "headers") return [{ ...state, provenMs: nowMs }, null];
  const out = state.out.filter((call) => call.id !== id);
  const isProbe = state.probe?.id === id;
  const left = { ...state, out, probe: isProbe ? null : state.probe };
  if (verdict === "none") return [left, null];
  if (verdict === "answered") {
    const good = { ...left, provenMs: nowMs, failuresInRow: 0, isKeyTrouble: false };
    if (left.openUntilMs === null) return [count(good, nowMs, 1, 0), null];
    return [{ ...good, openUntilMs: null, probe: null, minute: [] }, "closed"];
  }
  const bad = count(
    {
      ...left,
      failuresInRow: left.failuresInRow + 1,
      lastFailureMs: nowMs,
      isKeyTrouble: verdict === "key" && (left.failuresInRow === 0 || left.isKeyTrouble),
    },
    nowMs,
    0,
    1,
  );
  const isOpen = bad.openUntilMs !== null;
  if (isOpen ? !isProbe : !isTooMuch(bad)) return [bad, null];
  const { restMs } = breakerPolicy;
  const openUntilMs = nowMs + Math.round(restMs.least + random * (restMs.most - restMs.least));
  return [{ ...bad, openUntilMs }, "opened"];
}

function isTooMuch({ failuresInRow, minute }: BreakerState): boolean {
  if (failuresInRow >= breakerPolicy.failuresInRow) return true;
  const failed = minute.reduce((sum, slot) => sum + slot.failed, 0);
  const calls = minute.reduce((sum, slot) => sum + slot.answered, failed);
  return calls >= breakerPolicy.callsToJudge && failed * 2 > calls;
}

function count(state: BreakerState, nowMs: number, answered: number, failed: number): BreakerState {
  if (answered === 0 && failed === 0) return state;
  const number = Math.floor(nowMs / breakerPolicy.slotMs);
  const now = state.minute.find((slot) => slot.number === number);
  const others = state.minute.filter((slot) => slot !== now);
  const slot = {
    number,
    answered: (now?.answered ?? 0) + answered,
    failed: (now?.failed ?? 0) + failed,
  };
  return { ...state, minute: [...others, slot] };
}
