import "server-only";
import { z } from "zod";
import { answerMetadataSchema } from "@/lib/contracts/chat";
import type { AnswerNews } from "./answer-source";

// The owner is part of every key: nobody's reading can lead to somebody else's text.

/** The log of one generation: a stream of entries; also the channel that tells of each. */
export const logKey = (userId: string, generationId: string) =>
  `parley:answer:${userId}:${generationId}`;

/** Says what is written in a conversation; of several answers side by side, the first. */
export const liveKey = (userId: string, conversationId: string) =>
  `parley:live:${userId}:${conversationId}`;

/** Says who writes one of several answers side by side. */
export const candidateKey = (userId: string, conversationId: string, messageId: string) =>
  `${liveKey(userId, conversationId)}:${messageId}`;

/** Carries wishes to stop to every instance. */
export const stopChannel = "parley:stop";

const placedDeltaSchema = z
  .tuple([z.number().int().min(0), z.enum(["text", "reasoning"]), z.number().int(), z.string()])
  .transform(([part, type, at, delta]) => ({ part, type, at, delta }));

const entrySchema = z.object({
  deltas: z.array(placedDeltaSchema),
  metadata: answerMetadataSchema.nullable(),
  isOver: z.boolean(),
});

/** One entry of the log as text. */
export function writeEntry({ deltas, metadata, isOver }: AnswerNews): string {
  const tuples = deltas.map(({ part, type, at, delta }) => [part, type, at, delta]);
  return JSON.stringify({ deltas: tuples, metadata, isOver });
}

/** @throws when it is none of ours. */
export function readEntry(text: string): AnswerNews {
  return entrySchema.parse(JSON.parse(text));
}

export const pointerSchema = z.object({
  id: z.string(),
  generationId: z.string(),
  metadata: answerMetadataSchema,
});

export const stopWishSchema = z.object({
  userId: z.string(),
  conversationId: z.string().nullable(),
  generationId: z.string().nullable(),
});
