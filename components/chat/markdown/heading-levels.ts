import type { Block } from "./parse";

/** The page's own title is the first level. */
const highest = 2;
const lowest = 6;

/**
 * The level of each block that is a heading, for the outline of the page: below the title, and
 * never more than one step down at a time, whatever a model began with. Null for other blocks.
 */
export function headingLevels(blocks: readonly Block[]): (number | null)[] {
  let previous = { depth: 0, level: highest - 1 };
  return blocks.map(({ type, raw }) => {
    if (type !== "heading") return null;
    const depth = headingDepth(raw);
    const isDeeper = depth > previous.depth;
    const level = isDeeper ? previous.level + 1 : previous.level - (previous.depth - depth);
    previous = { depth, level: Math.min(lowest, Math.max(highest, level)) };
    return previous.level;
  });
}

function headingDepth(raw: string): number {
  const marks = /^ {0,3}(#{1,6})(?:\s|$)/.exec(raw)?.[1];
  if (marks !== undefined) return marks.length;
  return /\n {0,3}=+[ \t]*\n*$/.test(raw) ? 1 : 2;
}
