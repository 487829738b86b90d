import "server-only";
import type { InstanceSettings } from "@/lib/contracts/settings";
import { countText } from "@/lib/domain/tokens/count-text";
import { makeRuler } from "@/lib/domain/tokens/ruler";
import type { ResolvedAlias, ResolvedModel } from "../db/aliases";
import type { HistoryScope } from "../db/branch-history";
import { currentCalibration } from "../models/calibrations";

// Where a window is unknown nothing says where to stop reading; no window known is larger.
const largestWindow = 2_000_000;
// Texts may be unlike the samples.
const margin = 1.2;

/** How much of a branch may be of use to any of the models that a turn may ask. */
export function findScope(
  { contextPolicy }: InstanceSettings,
  aliases: readonly ResolvedAlias[],
): HistoryScope {
  const targets = aliases.flatMap((alias) => alias.targets);
  const windows = targets.map(({ contextWindow }) => contextWindow ?? largestWindow);
  const largest = windows.length === 0 ? largestWindow : Math.max(...windows);
  const ownPerToken = Math.max(1, ...targets.map(findOwnPerToken)) * margin;
  return {
    instancePolicy: contextPolicy,
    roomTokens: Math.ceil(largest * ownPerToken),
    ownPerToken,
  };
}

const samples = [
  "The quick brown fox jumps over the lazy dog, and then it goes home to sleep. ",
  "人工智能正在改变我们的生活方式，也改变着我们的工作。",
  "const value = items.map(({ id, name }) => `${id}: ${name}`);\n",
  "3.14159 26535 89793 23846 26433\n",
].map((text) => countText(text.repeat(8)));

/** How many of our tokens a model that is sparing with its own counts as one. */
function findOwnPerToken(model: ResolvedModel): number {
  const ruler = makeRuler(model.name, currentCalibration(model));
  return Math.max(...samples.map((counts) => counts.o200k / Math.max(1, ruler.measure(counts))));
}
