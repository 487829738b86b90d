"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, useMemo, useRef, useState, type RefObject } from "react";
import { useCopy } from "@/lib/client/chat/use-copy";
import {
  countFoldedLines,
  groupCodeLines,
  isCodeTooHeavy,
  showLines,
  type ShownLine,
} from "./code-lines";
import { LongText } from "./long-text-view";
import { useHighlight } from "./use-highlight";

type CodeBlockProps = {
  code: string;
  language: string;
  /** Lines are still being added. */
  isGrowing: boolean;
};

/** Code with its language and a button to copy it. Colours come later and move nothing. */
export function CodeBlock({ code, language, isGrowing }: CodeBlockProps) {
  const translate = useTranslations("chat.code");
  const box = useRef<HTMLElement>(null);
  const { isCopied, copy } = useCopy();
  const label = language === "" ? translate("label") : translate("labelOf", { language });
  const isTooHeavy = isCodeTooHeavy(code);
  return (
    <figure ref={box} className="code-block">
      <figcaption>
        <span>{language === "" ? translate("plain") : language}</span>
        <button
          type="button"
          className="code-copy"
          onClick={() => {
            copy(code);
          }}
        >
          {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span className="sr-only sm:not-sr-only">{translate(isCopied ? "copied" : "copy")}</span>
        </button>
      </figcaption>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        lang="en"
        translate="no"
        className={isTooHeavy ? "code-wrapped" : undefined}
      >
        <code>
          {isTooHeavy ? (
            <LongText text={code} />
          ) : (
            <CodeLines box={box} code={code} language={language} isGrowing={isGrowing} />
          )}
        </code>
      </pre>
    </figure>
  );
}

function CodeLines(props: CodeBlockProps & { box: RefObject<HTMLElement | null> }) {
  const translate = useTranslations("reading");
  const { box, code, isGrowing } = props;
  const coloured = useHighlight(box, props);
  // Code that one has seen grow is not folded when it ends.
  const [isOpened, setIsOpened] = useState(isGrowing);
  const lines = useMemo(() => showLines(code, coloured), [code, coloured]);
  const shownCount = isOpened ? lines.length : countFoldedLines(lines);
  const groups = useMemo(() => groupCodeLines(lines.slice(0, shownCount)), [lines, shownCount]);
  return (
    <>
      {groups.map((group, at) => (
        <LineGroup key={at} lines={group} />
      ))}
      {shownCount < lines.length && (
        <button
          type="button"
          className="code-more"
          onClick={() => {
            setIsOpened(true);
          }}
        >
          {translate("moreLines", { count: lines.length - shownCount })}
        </button>
      )}
    </>
  );
}

const LineGroup = memo(
  function LineGroup({ lines }: { lines: readonly ShownLine[] }) {
    return (
      <span className="line-group">
        {lines.map((line, at) => (
          <Line key={at} line={line} isLast={at === lines.length - 1} />
        ))}
      </span>
    );
  },
  (before, now) =>
    before.lines.length === now.lines.length &&
    before.lines.every((line, at) => line === now.lines[at]),
);

const Line = memo(function Line({ line, isLast }: { line: ShownLine; isLast: boolean }) {
  const end = isLast ? "" : "\n";
  if (typeof line === "string") return line + end;
  return (
    <>
      {line.map(({ text, color }, at) =>
        color === null ? (
          text
        ) : (
          <span key={at} style={{ color }}>
            {text}
          </span>
        ),
      )}
      {end}
    </>
  );
});
