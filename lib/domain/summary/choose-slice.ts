import { isTold, type BranchPoint } from "./branch-point";

/** What "User: " and the line ends around a message take. */
const overheadTokens = 6;

/**
 * How many of the oldest messages one call takes in: as many as fit, to the end of a round where
 * one is near, and at least one, however long it is.
 */
export function chooseSlice(points: readonly BranchPoint[], roomTokens: number): number {
  let tokens = 0;
  let count = 0;
  let isAnyTold = false;
  for (const point of points) {
    tokens += isTold(point) ? point.tokens + overheadTokens : 0;
    if (tokens > roomTokens && isAnyTold) break;
    isAnyTold ||= isTold(point);
    count += 1;
  }
  if (count === points.length) return count;
  const roundEnd = points.findLastIndex(({ role }, at) => role === "user" && at <= count);
  const isOfUse = roundEnd > count / 2 && points.slice(0, roundEnd).some(isTold);
  return isOfUse ? roundEnd : count;
}
