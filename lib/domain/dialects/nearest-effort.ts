import { reasoningEfforts, type ReasoningEffort } from "@/lib/contracts/parameters";

/**
 * The effort that comes closest to the one asked for; of two that are as close, the higher. `none`
 * stands for itself: little thinking is not replaced by none, but none by the least that there is.
 * Null when the model takes no effort at all.
 */
export function findNearestEffort(
  wanted: ReasoningEffort,
  taken: readonly ReasoningEffort[],
): ReasoningEffort | null {
  if (taken.includes(wanted)) return wanted;
  const place = (effort: ReasoningEffort) => reasoningEfforts.indexOf(effort);
  const thinking = taken.filter((effort) => effort !== "none");
  const [nearest] = (thinking.length > 0 ? thinking : taken).toSorted(
    (one, other) =>
      Math.abs(place(one) - place(wanted)) - Math.abs(place(other) - place(wanted)) ||
      place(other) - place(one),
  );
  return nearest ?? null;
}
