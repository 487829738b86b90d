import { cutRounds } from "./cut-rounds";
import { wholeTokens, type Extras } from "./extras";
import type { Item } from "./item";
import { noCuts, readCuts, toPiece, type Cuts } from "./outgoing";
import type { PlanInput } from "./plan-input";
import type { PlanRoom } from "./plan-result";
import type { Selection } from "./select-messages";
import { findFloor } from "./shorten-text";
import { shrink, type Piece } from "./shrink";
import { needsStandIn, type StandIn } from "./stand-in";

/** What of a selection goes along, and how it is cut. */
export type Fit = {
  /** Oldest first. */
  sent: { item: Item; cuts: Cuts }[];
  /** The most tokens of the summary's text; null where it does not go along. */
  summaryCap: number | null;
  /** Whether rounds went for the policy's number of tokens, and not for want of room. */
  isOverTokens: boolean;
};

/** Tokens of what is never cut. */
export type Frame = { system: number; summary: number };

/** The most that may be sent: the hard limit, and the policy's own, which bounds rounds only. */
export function findLimits({ policy }: PlanInput, { window, reply }: PlanRoom) {
  const hard = window === null ? Infinity : window - reply;
  const isByTokens = policy.kind === "tokens" || (window === null && policy.kind !== "rounds");
  return { hard, soft: Math.min(hard, isByTokens ? policy.tokens : Infinity) };
}

/**
 * Cuts a selection to what there is room for.
 *
 * @returns how, or how much would not fit uncut.
 */
export function fitMessages(
  selection: Selection,
  frame: Frame,
  input: PlanInput,
  room: PlanRoom,
  extrasOf: (item: Item) => Extras,
  standIn: StandIn,
): Fit | { tokens: number } {
  const { pinned, newest, rounds, summary } = selection;
  const limits = findLimits(input, room);
  const always = frame.system + input.toolTokens + room.ruler.perCall;
  // Without a window the last N rounds go along, and the tokens bound what is older.
  const areNamedSafe = room.window === null && input.policy.kind === "summary";
  const named = areNamedSafe ? rounds.filter(({ isNamed }) => isNamed) : [];
  const fixed = sortByPlace([...pinned, ...named.flatMap(({ items }) => items), ...newest]);
  const summaryText = summary === null ? 0 : room.ruler.measure(summary.counts);
  const cut = cutRounds({
    rounds: areNamedSafe ? rounds.filter(({ isNamed }) => !isNamed) : rounds,
    fixed,
    fixedTokens: fixed.reduce(
      (sum, item) => sum + wholeTokens(item, extrasOf(item)),
      always + frame.summary + summaryText,
    ),
    limit: limits.soft,
    extrasOf,
    standIn,
  });
  const isOverTokens = limits.soft < limits.hard;
  if (cut.total <= limits.hard) {
    const sent = sortByPlace([...fixed, ...cut.kept]).map((item) => ({
      item,
      cuts: cut.shortened.has(item) ? { ...noCuts, hasShortResults: true } : noCuts,
    }));
    return { sent, summaryCap: summary === null ? null : Infinity, isOverTokens };
  }
  const pieces = new Map(fixed.map((item) => [item, toPiece(item, extrasOf(item))]));
  const piecesOf = (items: readonly Item[]) => items.flatMap((item) => pieces.get(item) ?? []);
  const summaryPiece: Piece | null =
    summary === null ? null : { ...plainPiece, fixed: frame.summary, text: summaryText };
  const isLeftOut = (item: Item | undefined) =>
    item !== undefined && pieces.get(item)?.isLeftOut === true;
  // The oldest go first, so what comes first only moves on.
  let first = 0;
  const measureOpening = () => {
    while (isLeftOut(fixed[first])) first += 1;
    return needsStandIn(fixed[first]) ? standIn.tokens : 0;
  };
  const isFitting = shrink(
    {
      summary: summaryPiece,
      pinned: piecesOf(pinned),
      others: piecesOf(newest.slice(0, -1)),
      last: piecesOf(newest.slice(-1))[0] ?? null,
    },
    () => always + measureOpening(),
    limits.hard,
    findFloor(room.ruler),
  );
  if (!isFitting) {
    const wholeNewest = newest.reduce(
      (sum, item) => sum + wholeTokens(item, extrasOf(item)),
      always,
    );
    return { tokens: wholeNewest };
  }
  return {
    sent: fixed.flatMap((item) => {
      const piece = pieces.get(item);
      return piece === undefined || piece.isLeftOut ? [] : [{ item, cuts: readCuts(piece) }];
    }),
    summaryCap: summaryPiece === null || summaryPiece.isLeftOut ? null : summaryPiece.cap,
    isOverTokens,
  };
}

const plainPiece = { sheddable: [], shed: 0, cap: Infinity, isLeftOut: false };

const sortByPlace = (items: Item[]) => items.sort((one, other) => one.at - other.at);
