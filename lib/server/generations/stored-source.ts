import "server-only";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import { readStoredAnswer } from "../db/generations";
import type { AnswerSource } from "./answer-source";

/**
 * The checkpoints of a generation as a source of news: all of its text each time, and the end once
 * that is stored.
 */
export function openStoredSource(
  actor: Actor,
  generationId: string,
  metadata: AnswerMetadata,
): AnswerSource {
  return {
    async read() {
      const stored = await readStoredAnswer(actor, generationId);
      if (stored === null) return null;
      const { parts, isLive, status, errorCode, errorDetails } = stored;
      return {
        deltas: parts.map(({ type, text }, part) => ({ part, type, at: 0, delta: text })),
        metadata: isLive ? null : { ...metadata, status, errorCode, errorDetails },
        isOver: !isLive,
      };
    },
  };
}
