"use client";

import { useEffect } from "react";
import { useStore } from "@/lib/client/store";
import { loadMarkdown, markdownStore } from "./markdown-loader";
import type { MarkdownProps } from "./markdown/markdown";
import { PlainText } from "./markdown/plain-text";
import { RenderBoundary } from "./markdown/render-boundary";

/** The text of an answer, set as Markdown as soon as what sets it is there. */
export function AnswerText(props: MarkdownProps) {
  const { text, isStreaming } = props;
  const loaded = useStore(markdownStore);
  useEffect(() => {
    void loadMarkdown();
  }, []);
  if (loaded === null) return <PlainText text={text} />;
  return (
    <RenderBoundary
      of={isStreaming ? "streaming" : "done"}
      fallback={<PlainText text={text} isExplained />}
    >
      <loaded.Markdown {...props} />
    </RenderBoundary>
  );
}
