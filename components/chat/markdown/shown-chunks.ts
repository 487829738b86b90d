import type { Block } from "./parse";

/** Blocks that are rendered, and compared, together. */
const blocksPerChunk = 24;
/** Of a long text, this many chunks at its end are there at once, where one reads on. */
const chunksAtOnce = 5;

/** Chunks that wait for their turn: those from `from` up to `to`. */
export type WaitingChunks = { from: number; to: number; count: number };

export type BlockChunk = { start: number; end: number; blocks: readonly Block[] };

export function chunkBlocks(blocks: readonly Block[]): readonly BlockChunk[] {
  return Array.from({ length: Math.ceil(blocks.length / blocksPerChunk) }, (_, index) => {
    const start = index * blocksPerChunk;
    const end = start + blocksPerChunk;
    return { start, end, blocks: blocks.slice(start, end) };
  });
}

export const noWaitingChunks: WaitingChunks = { from: 0, to: 0, count: 0 };

/** Which chunks wait once there are `count` of them: what came in one go is not shown in one go. */
export function addChunks({ from, to, count }: WaitingChunks, newCount: number): WaitingChunks {
  if (newCount < count) return addChunks(noWaitingChunks, newCount);
  const end = newCount - chunksAtOnce;
  if (end <= count) return { from, to, count: newCount };
  return { from: from < to ? from : count, to: end, count: newCount };
}

/** Shows one more, the last of those that wait: it is the nearest to the end. */
export function showNextChunk({ from, to, count }: WaitingChunks): WaitingChunks {
  return { from, to: Math.max(from, to - 1), count };
}

/** About how high blocks are in pixels, before they are laid out. */
export function guessHeightPx(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { raw }) => sum + 24 + Math.min(400, raw.length / 3), 0);
}
