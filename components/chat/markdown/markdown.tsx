"use client";

import { memo, useMemo, useState } from "react";
import { isBlockTooHeavy } from "./caps";
import { headingLevels } from "./heading-levels";
import { healBlock } from "./heal";
import { parseBlock, type References } from "./parse";
import { PlainText } from "./plain-text";
import { RenderBoundary } from "./render-boundary";
import { Blocks } from "./render-blocks";
import { createSplitter } from "./split-blocks";
import "./markdown.css";

type MarkdownProps = { text: string; isStreaming: boolean };

/**
 * A model's Markdown. While it streams, only its last blocks are parsed; whatever cannot be set,
 * or takes too long, is shown as plain text.
 */
export function Markdown({ text, isStreaming }: MarkdownProps) {
  const [split] = useState(createSplitter);
  const parts = useMemo(() => split(text), [split, text]);
  if (parts === null) return <PlainText text={text} isExplained />;
  const { blocks, references } = parts;
  const levels = headingLevels(blocks);
  return (
    <div className="reading" data-streaming={isStreaming || undefined}>
      {blocks.map(({ raw }, at) => (
        <RenderBoundary key={at} fallback={<PlainText text={raw} />}>
          <MarkdownBlock
            raw={raw}
            references={references}
            level={levels[at] ?? null}
            isGrowing={isStreaming && at === blocks.length - 1}
          />
        </RenderBoundary>
      ))}
    </div>
  );
}

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
    Object.keys(before.references).length === Object.keys(now.references).length,
);

/** Nothing inside of code is parsed, so that it may be long. */
function isCode(raw: string): boolean {
  return /^ {0,3}(?:`{3,}|~{3,})/.test(raw);
}
