import {
  findSetEnd,
  isBlockCountTooHigh,
  isCode,
  isNestedTooDeep,
  isTooLongForBlock,
} from "./caps";
import { parseBlocks, type Block, type References } from "./parse";

export type SplitText = {
  blocks: readonly Block[];
  references: References;
  /** The end of a text that is too long to be set whole. */
  rest: string;
};

type Settled = { text: string; blocks: readonly Block[]; references: References };

const nothing: Settled = { text: "", blocks: [], references: {} };

/** While text is added, this many blocks at its end may still turn into something else. */
const unsettledBlocks = 2;
/** A long text is taken in steps: a parser's time grows with the square of what it gets at once. */
const stepCharacters = 8_000;

/**
 * Splits a text into blocks, again and again while it grows: what is settled is not parsed anew.
 * Null for a text that can only be shown as it is.
 */
export function createSplitter(): (text: string) => SplitText | null {
  let settled = nothing;
  let last: { source: string; split: Omit<SplitText, "rest"> } | null = null;

  return (text) => {
    const end = findSetEnd(text);
    const source = (end < text.length ? text.slice(0, end) : text).replaceAll(/\r\n?/g, "\n");
    if (source === last?.source) return { ...last.split, rest: text.slice(end) };
    if (!source.startsWith(settled.text)) settled = nothing;
    if (isNestedTooDeep(source.slice(settled.text.length))) return null;
    try {
      const split = splitInSteps(source);
      if (isBlockCountTooHigh(split.blocks.length)) return null;
      last = { source, split };
      return { ...split, rest: text.slice(end) };
    } catch {
      // A parser that gives up must not take the conversation with it.
      return null;
    }
  };

  function splitInSteps(source: string): Omit<SplitText, "rest"> {
    let step = stepCharacters;
    for (;;) {
      const start = settled.text.length;
      const isLast = start + step >= source.length;
      const tail = parseBlocks(isLast ? source.slice(start) : source.slice(start, start + step));
      const references = { ...tail.references, ...settled.references };
      settled = settle(settled, source, tail.blocks, references);
      if (isLast) {
        const done = settled.text.length > start ? tail.blocks.slice(0, -unsettledBlocks) : [];
        const open = tail.blocks.slice(done.length);
        return { blocks: [...settled.blocks, ...open], references };
      }
      // A block that is longer than a step needs a longer one, up to what is never set anyway.
      step = settled.text.length > start ? stepCharacters : step * 2;
      const open = source.slice(settled.text.length);
      if (isTooLongForBlock(step) && !isCode(open.trimStart())) {
        return { blocks: [...settled.blocks, { type: "text", raw: open }], references };
      }
      if (isBlockCountTooHigh(settled.blocks.length)) return { blocks: settled.blocks, references };
    }
  }
}

/** Keeps what cannot change any more. */
function settle(
  settled: Settled,
  source: string,
  tail: readonly Block[],
  references: References,
): Settled {
  const done = tail.slice(0, -unsettledBlocks);
  const next = tail[done.length];
  if (done.length === 0 || next === undefined) return settled;
  // Space between blocks belongs to neither, so the end is found and not added up.
  let end = settled.text.length;
  for (const { raw } of done) end = source.indexOf(raw, end) + raw.length;
  const at = source.indexOf(next.raw, end);
  if (at < end || source.slice(end, at).trim() !== "") return settled;
  return { text: source.slice(0, at), blocks: [...settled.blocks, ...done], references };
}
