import type { TokenCounts } from "@/lib/contracts/context";
import type { Ruler } from "../tokens/ruler";
import type { Item } from "./item";
import type { PlanMessage, ToolUse } from "./plan-input";
import type { PlanRoom } from "./plan-result";
import { findFloor, shortenText } from "./shorten-text";

/** The frame of a call, and of the message that its result is. */
const toolUseOverhead = 16;
/** What the result of a tool is shortened to, where it is longer. */
const shortResultTokens = 200;

/** Uses of tools as they are sent. */
export type Uses = { toolUses: readonly ToolUse[]; tokens: number; counts: TokenCounts[] };

/** What goes along with the text of an answer. */
export type Extras = {
  uses: Uses;
  /** The same calls, with shortened results. */
  shortUses: Uses;
  reasoning: { tokens: number; counts: TokenCounts[] };
};

const noUses: Uses = { toolUses: [], tokens: 0, counts: [] };
/** Of a message that is nothing but text. */
export const noExtras: Extras = {
  uses: noUses,
  shortUses: noUses,
  reasoning: { tokens: 0, counts: [] },
};

/** Measures each message's extras once, when they are first asked for. */
export function makeExtras({ ruler, sendsReasoning }: PlanRoom): (item: Item) => Extras {
  const known = new Map<PlanMessage, Extras>();
  return ({ message }) => {
    const hasReasoning = sendsReasoning && (message.reasoning ?? "") !== "";
    if (!hasReasoning && (message.toolUses ?? []).length === 0) return noExtras;
    const found = known.get(message) ?? measureExtras(message, hasReasoning, ruler);
    known.set(message, found);
    return found;
  };
}

function measureExtras(message: PlanMessage, hasReasoning: boolean, ruler: Ruler): Extras {
  const { toolUses = [], reasoning = "", reasoningCounts } = message;
  const whole = toolUses.map((toolUse) => measureUse(toolUse, ruler));
  const thoughts = hasReasoning ? [reasoningCounts ?? ruler.count(reasoning)] : [];
  return {
    uses: join(whole),
    shortUses: join(whole.map((uses) => shortenResult(uses, ruler))),
    reasoning: {
      tokens: thoughts.reduce((sum, counts) => sum + ruler.measure(counts), 0),
      counts: thoughts,
    },
  };
}

type OneUse = { toolUse: ToolUse; call: TokenCounts; result: TokenCounts; tokens: number };

function measureUse(toolUse: ToolUse, ruler: Ruler): OneUse {
  const call = ruler.count(`${toolUse.name} ${toolUse.arguments}`);
  const result = toolUse.resultCounts ?? ruler.count(toolUse.result);
  const tokens = toolUseOverhead + ruler.measure(call) + ruler.measure(result);
  return { toolUse, call, result, tokens };
}

function shortenResult(use: OneUse, ruler: Ruler): OneUse {
  const whole = ruler.measure(use.result);
  const tokens = Math.max(shortResultTokens, findFloor(ruler));
  if (whole <= tokens) return use;
  const { text, counts } = shortenText(use.toolUse.result, tokens, whole, ruler);
  return {
    ...use,
    toolUse: { ...use.toolUse, result: text, resultCounts: counts },
    result: counts,
    tokens: use.tokens - whole + ruler.measure(counts),
  };
}

function join(all: readonly OneUse[]): Uses {
  return {
    toolUses: all.map(({ toolUse }) => toolUse),
    tokens: all.reduce((sum, { tokens }) => sum + tokens, 0),
    counts: all.flatMap(({ call, result }) => [call, result]),
  };
}

/** Tokens of a message that is sent whole. */
export function wholeTokens(item: Item, { uses, reasoning }: Extras): number {
  return item.fixed + item.text + uses.tokens + reasoning.tokens;
}
