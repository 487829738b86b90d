"use client";

import type { Token, Tokens } from "marked";
import { Fragment, type ReactNode } from "react";
import { CodeBlock } from "./code-block";
import { Diagram } from "./diagram";
import { Formula } from "./formula";
import { Inline } from "./render-inline";
import { TableBlock } from "./table-block";
import { TaskMark } from "./task-mark";

type BlocksProps = {
  tokens: readonly Token[];
  /** Text is still being added to the last one. */
  isGrowing?: boolean;
  /** The level of headings, where it is known. */
  level?: number | null;
};

/** Paragraphs, lists, tables, code: what stands on lines of its own. */
export function Blocks({ tokens, isGrowing = false, level = null }: BlocksProps) {
  return tokens.map((token, at) => (
    <Fragment key={at}>{renderBlock(token, isGrowing && at === tokens.length - 1, level)}</Fragment>
  ));
}

function renderBlock(token: Token, isGrowing: boolean, level: number | null): ReactNode {
  switch (token.type) {
    case "space":
    case "def":
    case "checkbox":
      return null;
    case "paragraph":
      return (
        <p>
          <Inline tokens={token.tokens} />
        </p>
      );
    case "heading":
      return <Heading heading={token as Tokens.Heading} level={level} />;
    case "list":
      return <List list={token as Tokens.List} isGrowing={isGrowing} />;
    case "blockquote":
      return (
        <blockquote>
          <Blocks tokens={token.tokens ?? []} isGrowing={isGrowing} />
        </blockquote>
      );
    case "code":
      return <Code code={token as Tokens.Code} isGrowing={isGrowing} />;
    case "table":
      return <TableBlock table={token as Tokens.Table} />;
    case "hr":
      return <hr />;
    case "math":
      return <Formula text={String(token["text"])} isBlock />;
    case "html":
      return <p className="whitespace-pre-wrap">{token.raw.trimEnd()}</p>;
    default:
      // Text of a tight list item, and whatever a later parser may bring.
      return <Inline tokens={[token]} />;
  }
}

function Heading({ heading, level }: { heading: Tokens.Heading; level: number | null }) {
  const Tag = `h${String(level ?? Math.min(6, heading.depth + 1))}` as "h2";
  return (
    <Tag>
      <Inline tokens={heading.tokens} />
    </Tag>
  );
}

function List({ list, isGrowing }: { list: Tokens.List; isGrowing: boolean }) {
  const Tag = list.ordered ? "ol" : "ul";
  const start = list.ordered && list.start !== 1 && list.start !== "" ? list.start : undefined;
  return (
    <Tag start={start}>
      {list.items.map((item, at) => (
        <li key={at} className={item.task ? "task" : undefined}>
          {item.task && <TaskMark isDone={item.checked === true} />}
          <Blocks tokens={item.tokens} isGrowing={isGrowing && at === list.items.length - 1} />
        </li>
      ))}
    </Tag>
  );
}

function Code({ code, isGrowing }: { code: Tokens.Code; isGrowing: boolean }) {
  const language = /^\S*/.exec(code.lang ?? "")?.[0].toLowerCase() ?? "";
  const isOpen = isGrowing && !/\n {0,3}(?:`{3,}|~{3,})[ \t]*\n*$/.test(code.raw);
  if (language === "mermaid" && !isOpen) return <Diagram source={code.text} />;
  return <CodeBlock code={code.text} language={language} isGrowing={isOpen} />;
}
