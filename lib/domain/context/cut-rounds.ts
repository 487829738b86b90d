import { wholeTokens, type Extras } from "./extras";
import type { Item } from "./item";
import type { Round } from "./select-messages";
import { needsStandIn, type StandIn } from "./stand-in";

/** Rounds whose tools keep their results until the rounds themselves would have to go. */
const freshRounds = 2;

export type CutRounds = {
  /** Messages of the rounds that go along, oldest first. */
  kept: Item[];
  /** Those of them whose tools' results are shortened. */
  shortened: Set<Item>;
  /** Tokens of everything, what must go along included. */
  total: number;
};

/** What is known when rounds are cut. */
export type RoundsToCut = {
  rounds: readonly Round[];
  /** What goes along in any case, oldest first. */
  fixed: readonly Item[];
  /** Tokens of that and of everything else that is sent. */
  fixedTokens: number;
  /** The most that everything together may be. */
  limit: number;
  extrasOf: (item: Item) => Extras;
  standIn: StandIn;
};

/**
 * Cuts rounds until everything fits, or no round is left: first the results of old tools are
 * shortened, the oldest first, then the oldest rounds go; the last two rounds come to that last. The
 * order is the same for every limit, so that more room never sends less of any message.
 */
export function cutRounds({ rounds, fixed, fixedTokens, limit, ...world }: RoundsToCut): CutRounds {
  const { extrasOf, standIn } = world;
  const shortened = new Set<Item>();
  const freshFrom = Math.max(0, rounds.length - freshRounds);
  const hopelessTo = findHopeless(
    rounds.slice(0, freshFrom),
    rounds.slice(freshFrom),
    limit - fixedTokens,
  );
  let first = hopelessTo;
  let total = fixedTokens;
  for (const { items } of rounds.slice(first))
    for (const item of items) total += wholeTokens(item, extrasOf(item));

  // Not even without tools' results would those before it fit, so all of that is needed.
  let isOver = hopelessTo > 0;
  const opening = () =>
    needsStandIn(firstOf(fixed[0], rounds[first]?.items[0])) ? standIn.tokens : 0;
  const fits = () => !isOver && total + opening() <= limit;
  for (const to of [freshFrom, rounds.length]) {
    for (const { items } of rounds.slice(first, to))
      for (const item of items) {
        const { uses, shortUses } = extrasOf(item);
        if (uses.tokens === shortUses.tokens || fits()) continue;
        total -= uses.tokens - shortUses.tokens;
        shortened.add(item);
      }
    isOver = false;
    for (; first < to && !fits(); first += 1)
      for (const item of rounds[first]?.items ?? []) {
        const { uses, shortUses } = extrasOf(item);
        total -= wholeTokens(item, extrasOf(item));
        if (shortened.delete(item)) total += uses.tokens - shortUses.tokens;
      }
  }
  return {
    kept: rounds.slice(first).flatMap(({ items }) => items),
    shortened,
    total: total + opening(),
  };
}

/** How many of the oldest rounds are too much by their text alone: they need no closer look. */
function findHopeless(old: readonly Round[], fresh: readonly Round[], room: number): number {
  const textOf = ({ items }: Round) =>
    items.reduce((sum, { fixed, text }) => sum + fixed + text, 0);
  let left = room - fresh.reduce((sum, round) => sum + textOf(round), 0);
  return old.findLastIndex((round) => (left -= textOf(round)) < 0) + 1;
}

function firstOf(one: Item | undefined, other: Item | undefined): Item | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.at < other.at ? one : other;
}
