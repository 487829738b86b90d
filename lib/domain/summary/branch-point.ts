/** A message of a branch as far as it matters for what a summary is to stand for. */
export type BranchPoint = {
  id: string;
  role: "user" | "assistant";
  /** By our own count; 0 for an answer without text. */
  tokens: number;
  isStreaming: boolean;
  isExcluded: boolean;
};

/** Whether anything of it goes into a summary. */
export function isTold({ role, tokens, isExcluded }: BranchPoint): boolean {
  return !isExcluded && (role === "user" || tokens > 0);
}

/** Groups points into rounds: each user message with the answers that follow it. */
export function splitPoints(points: readonly BranchPoint[]): BranchPoint[][] {
  const rounds: BranchPoint[][] = [];
  for (const point of points) {
    const current = rounds.at(-1);
    if (point.role === "user" || current === undefined) rounds.push([point]);
    else current.push(point);
  }
  return rounds;
}
