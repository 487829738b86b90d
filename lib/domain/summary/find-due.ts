import { splitIntoRounds } from "../context/split-into-rounds";
import { isTold, type BranchPoint } from "./branch-point";

export type DueRules = {
  /** How many of the last rounds stay word for word. */
  rounds: number;
  /** The oldest message that the last turn had room for; what is older was left out. */
  keepFromId?: string | null;
  /** What the last turn left free of the window; null where that is unknown. */
  freeTokens?: number | null;
};

const dueTokens = 500;

/**
 * How many of the messages that no summary stands for yet are to be summarised now, from the oldest
 * on; 0 when it is not worth a call.
 *
 * What lies before the last rounds is due, but waits until it is some: half as many rounds as stay,
 * or 500 tokens. Until then it goes along word for word. What a turn had no room for is due at once;
 * and where the next turn will have none, so is half of what this one sent.
 *
 * @param points what comes after the summary's end, oldest first. A round whose answer is being
 * written belongs to the turn that goes on.
 */
export function findDue(points: readonly BranchPoint[], rules: DueRules): number {
  const all = splitIntoRounds(points);
  const rounds = all.at(-1)?.some(({ isStreaming }) => isStreaming) ? all.slice(0, -1) : all;
  const byRoom = countByRoom(points, rounds, rules);
  if (byRoom > 0) return Math.max(byRoom, countOlder(rounds, rules.rounds));
  const older = countOlder(rounds, rules.rounds);
  const due = splitIntoRounds(points.slice(0, older)).filter((round) => round.some(isTold));
  const isEnough =
    due.length >= Math.max(2, Math.ceil(rules.rounds / 2)) || sumTokens(due.flat()) >= dueTokens;
  return isEnough ? older : 0;
}

/** How many messages lie before the last rounds; what was left out whole is no round. */
export function countOlder(rounds: readonly BranchPoint[][], kept: number): number {
  let seen = 0;
  for (let at = rounds.length - 1; at >= 0; at--) {
    if (rounds[at]?.some(isTold)) seen += 1;
    if (seen > kept) return rounds.slice(0, at + 1).flat().length;
  }
  return 0;
}

function countByRoom(
  points: readonly BranchPoint[],
  rounds: readonly BranchPoint[][],
  { keepFromId = null, freeTokens = null }: DueRules,
): number {
  const found = keepFromId === null ? 0 : points.findIndex(({ id }) => id === keepFromId);
  const leftOut = Math.max(0, found);
  const newest = rounds.at(-1) ?? [];
  const isFull = freeTokens !== null && freeTokens < sumTokens(newest);
  if (!isFull) return points.slice(0, leftOut).some(isTold) ? leftOut : 0;
  const settled = rounds.flat();
  const sent = splitIntoRounds(settled.slice(leftOut, settled.length - newest.length));
  const half = sent.slice(0, Math.ceil(sent.length / 2)).flat().length;
  return points.slice(0, leftOut + half).some(isTold) ? leftOut + half : 0;
}

/** Tokens of what goes into a summary. */
export function sumTokens(points: readonly BranchPoint[]): number {
  return points.reduce((sum, point) => sum + (isTold(point) ? point.tokens : 0), 0);
}
