import type { TokenCounts } from "@/lib/contracts/context";
import type { Ruler } from "../tokens/ruler";
import { noExtras, wholeTokens, type Extras } from "./extras";
import type { Item } from "./item";
import type { ToolUse } from "./plan-input";
import { shortenText, type Keeps } from "./shorten-text";
import type { Piece } from "./shrink";

/** A message of the branch that goes along, as it is sent. */
export type Outgoing = {
  item: Item;
  text: string;
  toolUses: readonly ToolUse[];
  reasoning: string;
  /** With everything that belongs to it. */
  tokens: number;
  /** Tokens that it would have whole; with thoughts only where they go along. */
  wholeTokens: number;
  counts: TokenCounts[];
  isTextShort: boolean;
  isToolsShort: boolean;
};

/** What is done without, of a message. */
export type Cuts = {
  hasShortResults: boolean;
  hasNoReasoning: boolean;
  /** The most tokens of its text. */
  cap: number;
};

export const noCuts: Cuts = { hasShortResults: false, hasNoReasoning: false, cap: Infinity };

/** How a piece that stands for a message was cut; see `toPiece`. */
export function readCuts({ shed, cap }: Piece): Cuts {
  return { hasShortResults: shed > 0, hasNoReasoning: shed > 1, cap };
}

/** What of a message may be cut, in the order in which it is. */
export function toPiece({ fixed, text }: Item, { uses, shortUses, reasoning }: Extras): Piece {
  return {
    fixed: fixed + shortUses.tokens,
    text,
    sheddable: [uses.tokens - shortUses.tokens, reasoning.tokens],
    shed: 0,
    cap: Infinity,
    isLeftOut: false,
  };
}

/** Writes a message as it is sent. */
export function writeMessage(
  item: Item,
  extras: Extras,
  cuts: Cuts,
  ruler: Ruler,
  keeps: Keeps,
): Outgoing {
  const { message } = item;
  if (extras === noExtras && item.text <= cuts.cap) return writePlain(item);
  const uses = cuts.hasShortResults ? extras.shortUses : extras.uses;
  const thoughts = cuts.hasNoReasoning ? { tokens: 0, counts: [] } : extras.reasoning;
  const isTextShort = item.text > cuts.cap;
  const short = isTextShort
    ? shortenText(message.text, cuts.cap, item.text, ruler, keeps)
    : { text: message.text, counts: message.counts };
  const textTokens = isTextShort ? ruler.measure(short.counts) : item.text;
  return {
    item,
    text: short.text,
    toolUses: uses.toolUses,
    reasoning: thoughts.counts.length === 0 ? "" : (message.reasoning ?? ""),
    tokens: item.fixed + textTokens + uses.tokens + thoughts.tokens,
    wholeTokens: wholeTokens(item, { ...extras, reasoning: thoughts }),
    counts: [short.counts, ...uses.counts, ...thoughts.counts],
    isTextShort,
    isToolsShort: uses.tokens < extras.uses.tokens,
  };
}

/** Most messages: nothing but text, whole. */
function writePlain(item: Item): Outgoing {
  const { text, counts } = item.message;
  const tokens = item.fixed + item.text;
  return {
    item,
    text,
    toolUses: noExtras.uses.toolUses,
    reasoning: "",
    tokens,
    wholeTokens: tokens,
    counts: [counts],
    isTextShort: false,
    isToolsShort: false,
  };
}
