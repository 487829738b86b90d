import { isBlockCountTooHigh, isTextTooHeavy } from "./caps";
import { parseBlocks, type Block, type References } from "./parse";

export type SplitText = { blocks: readonly Block[]; references: References };

/** While text is added, this many blocks at its end may still turn into something else. */
const unsettledBlocks = 2;

/**
 * Splits a text into blocks, again and again while it grows: what is settled is not parsed anew.
 * Null for a text that can only be shown as it is.
 */
export function createSplitter(): (text: string) => SplitText | null {
  let settled = { text: "", blocks: [] as readonly Block[], references: {} as References };

  return (text) => {
    const source = text.replaceAll(/\r\n?/g, "\n");
    if (isTextTooHeavy(source)) return null;
    if (!source.startsWith(settled.text)) settled = { text: "", blocks: [], references: {} };
    try {
      const tail = parseBlocks(source.slice(settled.text.length));
      const blocks = [...settled.blocks, ...tail.blocks];
      const references = { ...tail.references, ...settled.references };
      if (isBlockCountTooHigh(blocks.length)) return null;
      settle(source, tail.blocks, references);
      return { blocks, references };
    } catch {
      // A parser that gives up must not take the conversation with it.
      return null;
    }
  };

  function settle(source: string, tail: readonly Block[], references: References): void {
    const done = tail.slice(0, -unsettledBlocks);
    const next = tail[done.length];
    if (done.length === 0 || next === undefined) return;
    // Space between blocks belongs to neither, so the end is found and not added up.
    let end = settled.text.length;
    for (const { raw } of done) end = source.indexOf(raw, end) + raw.length;
    const at = source.indexOf(next.raw, end);
    if (at < end || source.slice(end, at).trim() !== "") return;
    settled = {
      text: source.slice(0, at),
      blocks: [...settled.blocks, ...done],
      references,
    };
  }
}
