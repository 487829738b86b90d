"use client";

import type { Message } from "@/lib/contracts/messages";
import { wordsOf } from "@/lib/domain/conversation/words-of";
import { AnswerText } from "./answer-text";
import { Thinking } from "./thinking";

/** What a model wrote, and what it thought before that. */
export function AnswerParts({ message: { parts, status } }: { message: Message }) {
  const isStreaming = status === "streaming";
  return parts.map((part, at) => {
    const isGrowing = isStreaming && at === parts.length - 1;
    return part.type === "reasoning" ? (
      <Thinking key={at} text={wordsOf(part)} isLive={isGrowing} />
    ) : (
      <AnswerText key={at} text={wordsOf(part)} isStreaming={isGrowing} />
    );
  });
}
