import type { PlanEntry } from "@/lib/contracts/context";

/** A stretch of messages, newest first; one that is left out or summarised as a whole is folded. */
export type PlanRun = {
  /** Keeps its place while messages are added at either end. */
  key: string;
  isFolded: boolean;
  entries: readonly PlanEntry[];
};

/** So many with one fate are worth one line. */
const longRun = 8;

/**
 * Puts neighbours with the same fate together.
 *
 * @param entries oldest first, as a plan lists them.
 * @returns runs and rows, newest first.
 */
export function groupEntries(
  entries: readonly PlanEntry[],
  startId: string | null,
): readonly PlanRun[] {
  const runs: PlanEntry[][] = [];
  for (const entry of entries.toReversed()) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    // Where the context starts there is something to see and to take back.
    const isJoined =
      last !== undefined && fateOf(last) === fateOf(entry) && last.messageId !== startId;
    if (isJoined) run?.push(entry);
    else runs.push([entry]);
  }
  const seen = new Map<string, number>();
  return runs.map((run) => {
    const [first] = run;
    const fate = first === undefined ? "" : fateOf(first);
    const before = seen.get(fate) ?? 0;
    seen.set(fate, before + 1);
    const isGone = first?.state === "left_out" || first?.state === "summarised";
    const isFolded = isGone && run.length >= longRun && first.mark === "auto";
    return { key: `${fate}:${String(before)}`, isFolded, entries: run };
  });
}

function fateOf({ state, reason, mark }: PlanEntry): string {
  return `${state}:${reason}:${mark}`;
}
