"use client";

import { useTranslations } from "next-intl";
import { memo, startTransition, useEffect, useMemo, useState } from "react";
import { isBlockTooHeavy, isCode } from "./caps";
import { headingLevels } from "./heading-levels";
import { healBlock } from "./heal";
import { parseBlock, type Block, type References } from "./parse";
import { PlainText } from "./plain-text";
import { RenderBoundary } from "./render-boundary";
import { Blocks } from "./render-blocks";
import {
  addChunks,
  chunkBlocks,
  guessHeightPx,
  noWaitingChunks,
  showNextChunk,
  type WaitingChunks,
} from "./shown-chunks";
import { createSplitter } from "./split-blocks";
import { whenIdle } from "./work-slices";

export type MarkdownProps = { text: string; isStreaming: boolean };

/**
 * A model's Markdown. While it streams, only its last blocks are parsed and rendered anew; a long
 * one comes in pieces; whatever cannot be set is shown as plain text.
 */
export function Markdown({ text, isStreaming }: MarkdownProps) {
  const translate = useTranslations("reading");
  const [split] = useState(createSplitter);
  const parts = useMemo(() => split(text), [split, text]);
  const chunks = useMemo(() => chunkBlocks(parts?.blocks ?? []), [parts]);
  const waiting = useWaitingChunks(chunks.length);
  if (parts === null) return <PlainText text={text} isExplained />;
  const { blocks, references, rest } = parts;
  const levels = headingLevels(blocks);
  const isWaiting = (at: number) => at >= waiting.from && at < waiting.to;
  return (
    <>
      <div className="reading" data-streaming={(isStreaming && rest === "") || undefined}>
        {chunks.map((chunk, at) =>
          isWaiting(at) ? (
            <div key={at} aria-hidden style={{ height: guessHeightPx(chunk.blocks) }} />
          ) : (
            <Chunk
              key={at}
              blocks={chunk.blocks}
              references={references}
              levels={levels.slice(chunk.start, chunk.end)}
              isGrowing={isStreaming && rest === "" && at === chunks.length - 1}
            />
          ),
        )}
      </div>
      {rest !== "" && (
        <>
          <p className="text-small text-ink-faint">{translate("rest")}</p>
          <PlainText text={rest} />
        </>
      )}
    </>
  );
}

/** Lets the chunks of a long text in one by one, while the page has time for it. */
function useWaitingChunks(count: number): WaitingChunks {
  const [waiting, setWaiting] = useState(() => addChunks(noWaitingChunks, count));
  const current = waiting.count === count ? waiting : addChunks(waiting, count);
  if (current !== waiting) setWaiting(current);

  useEffect(() => {
    if (current.from >= current.to) return;
    return whenIdle(() => {
      startTransition(() => {
        setWaiting(showNextChunk);
      });
    });
  }, [current]);
  return current;
}

type ChunkProps = {
  blocks: readonly Block[];
  references: References;
  levels: readonly (number | null)[];
  isGrowing: boolean;
};

const Chunk = memo(
  function Chunk({ blocks, references, levels, isGrowing }: ChunkProps) {
    return (
      <div className="chunk">
        {blocks.map(({ raw }, at) => (
          <RenderBoundary key={at} fallback={<PlainText text={raw} />}>
            <MarkdownBlock
              raw={raw}
              references={references}
              level={levels[at] ?? null}
              isGrowing={isGrowing && at === blocks.length - 1}
            />
          </RenderBoundary>
        ))}
      </div>
    );
  },
  (before, now) =>
    before.isGrowing === now.isGrowing &&
    before.blocks.length === now.blocks.length &&
    before.blocks.every((block, at) => block.raw === now.blocks[at]?.raw) &&
    before.levels.every((level, at) => level === now.levels[at]) &&
    isSameReferences(before.references, now.references),
);

type BlockProps = {
  raw: string;
  references: References;
  level: number | null;
  isGrowing: boolean;
};

const MarkdownBlock = memo(
  function MarkdownBlock({ raw, references, level, isGrowing }: BlockProps) {
    const shown = isGrowing ? healBlock(raw) : raw;
    if (!isCode(raw) && isBlockTooHeavy(raw)) return <PlainText text={raw} />;
    return <Blocks tokens={parseBlock(shown, references)} level={level} isGrowing={isGrowing} />;
  },
  (before, now) =>
    before.raw === now.raw &&
    before.level === now.level &&
    before.isGrowing === now.isGrowing &&
    isSameReferences(before.references, now.references),
);

/** Names are only ever added to a growing text's. */
function isSameReferences(before: References, now: References): boolean {
  return before === now || Object.keys(before).length === Object.keys(now).length;
}
