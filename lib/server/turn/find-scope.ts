import "server-only";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { ResolvedAlias } from "../db/aliases";
import type { HistoryScope } from "../db/branch-history";

// A model's own tokens may be fewer than ours for the same text; half as many is the least seen.
const slack = 2;
// Where a window is unknown nothing says where to stop reading; no window known is larger.
const largestWindow = 2_000_000;

/** How much of a branch may be of use to any of the models that a turn may ask. */
export function findScope(
  { contextPolicy }: InstanceSettings,
  aliases: readonly ResolvedAlias[],
): HistoryScope {
  const windows = aliases.flatMap(({ targets }) =>
    targets.map(({ contextWindow }) => contextWindow ?? largestWindow),
  );
  const largest = windows.length === 0 ? largestWindow : Math.max(...windows);
  return { instancePolicy: contextPolicy, roomTokens: largest * slack };
}
