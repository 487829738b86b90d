import type { AnswerChunk, AnswerMetadata, Candidate } from "@/lib/contracts/chat";
import type { StoredPlan } from "@/lib/contracts/context";
import type { AnswerFigures, AnswerPart, Message, MessagePart } from "@/lib/contracts/messages";
import type { RetryWait } from "./conversation-state";
import { wordsOf } from "@/lib/domain/conversation/words-of";

/** An answer while it streams. */
export type LiveAnswer = {
  message: Message;
  conversationId: string;
  /** What writes it; null for an answer from the store. */
  generationId: string | null;
  /** While the provider is given time before another try. */
  retry: RetryWait | null;
  /** The title that this turn gave the conversation. */
  title: string | null;
  /** All answers that are written side by side, this one included; none for one of its own. */
  candidates: readonly Candidate[];
  /** What was sent; null until that is known. */
  plan: StoredPlan | null;
  /** It waits for a summary, without which it would not fit. */
  isSummarising: boolean;
  /** At its end. */
  figures: AnswerFigures | null;
  /** Where the stream's part ids are in the message's parts. */
  partIndexes: ReadonlyMap<string, number>;
  isFinished: boolean;
  /** False when it ended and the server could not store that yet. */
  isSaved: boolean;
};

/** Applies a batch of chunks. Null until the stream has said which message it fills. */
export function applyChunks(
  answer: LiveAnswer | null,
  chunks: readonly AnswerChunk[],
  now: Date,
): LiveAnswer | null {
  return chunks.reduce((current, chunk) => applyChunk(current, chunk, now), answer);
}

function applyChunk(answer: LiveAnswer | null, chunk: AnswerChunk, now: Date): LiveAnswer | null {
  if (chunk.type === "start") return startAnswer(chunk.messageId, chunk.messageMetadata, now);
  if (answer === null) return null;
  switch (chunk.type) {
    case "text-start":
      return addPart(answer, `text:${chunk.id}`, { type: "text", text: "" });
    case "reasoning-start":
      return addPart(answer, `reasoning:${chunk.id}`, { type: "reasoning", text: "" });
    case "text-delta":
      return appendText(answer, "text", chunk.id, chunk.delta);
    case "reasoning-delta":
      return appendText(answer, "reasoning", chunk.id, chunk.delta);
    case "message-metadata":
      return applyMetadata(answer, chunk.messageMetadata, now);
    case "finish":
      return { ...applyMetadata(answer, chunk.messageMetadata, now), isFinished: true };
    case "error":
      // The metadata that follows says more; without it, the answer is at least not complete.
      return applyStatus(answer, { status: "failed", errorCode: "internal", errorDetails: null });
    default:
      return answer;
  }
}

function startAnswer(id: string, metadata: AnswerMetadata, now: Date): LiveAnswer {
  const candidates = metadata.candidates ?? [];
  return {
    message: {
      id,
      parentId: metadata.parentId,
      role: "assistant",
      parts: [],
      status: metadata.status,
      errorCode: metadata.errorCode,
      errorDetails: metadata.errorDetails,
      siblingIds: candidates.length === 0 ? [id] : candidates.map(({ messageId }) => messageId),
      model: metadata.model,
      context: "auto",
      isEdited: false,
      failover: metadata.failover ?? null,
      candidateGroup: candidates[0]?.messageId ?? null,
      usage: metadata.usage ?? null,
      budgetLimit: metadata.plan?.budgetLimit ?? null,
      createdAt: now.toISOString(),
    },
    conversationId: metadata.conversationId,
    generationId: metadata.generationId,
    retry: readRetry(metadata, now),
    title: metadata.title ?? null,
    candidates,
    plan: metadata.plan ?? null,
    isSummarising: metadata.isSummarising === true,
    figures: metadata.figures ?? null,
    partIndexes: new Map(),
    isFinished: false,
    isSaved: true,
  };
}

function applyMetadata(answer: LiveAnswer, metadata: AnswerMetadata, now: Date): LiveAnswer {
  const next = applyStatus(answer, metadata);
  return {
    ...next,
    retry: readRetry(metadata, now),
    isSaved: metadata.isSaved !== false,
    title: metadata.title ?? answer.title,
    plan: metadata.plan ?? answer.plan,
    isSummarising: metadata.isSummarising === true,
    figures: metadata.figures ?? answer.figures,
    message: {
      ...next.message,
      model: metadata.model ?? answer.message.model,
      failover: metadata.failover ?? answer.message.failover,
      usage: metadata.usage ?? answer.message.usage,
      budgetLimit: (metadata.plan ?? answer.plan)?.budgetLimit ?? null,
    },
  };
}

/** The server says how long it waits; the browser counts by its own clock. */
function readRetry({ retry }: AnswerMetadata, now: Date): RetryWait | null {
  if (retry === null || retry === undefined) return null;
  const { attempt, of, errorCode, waitMs } = retry;
  return { attempt, of, errorCode, untilMs: now.getTime() + waitMs };
}

function applyStatus(
  answer: LiveAnswer,
  end: Pick<Message, "status" | "errorCode" | "errorDetails">,
): LiveAnswer {
  const { status, errorCode, errorDetails } = end;
  return { ...answer, message: { ...answer.message, status, errorCode, errorDetails } };
}

function addPart(answer: LiveAnswer, key: string, part: MessagePart): LiveAnswer {
  const { parts } = answer.message;
  return {
    ...answer,
    partIndexes: new Map(answer.partIndexes).set(key, parts.length),
    message: { ...answer.message, parts: [...parts, part] },
  };
}

function appendText(
  answer: LiveAnswer,
  type: AnswerPart["type"],
  id: string,
  delta: string,
): LiveAnswer {
  const key = `${type}:${id}`;
  const index = answer.partIndexes.get(key);
  // A delta whose start was lost opens its part itself: text is never dropped.
  if (index === undefined) return addPart(answer, key, { type, text: delta });
  const parts = answer.message.parts.map((part, at) =>
    at === index ? { type, text: wordsOf(part) + delta } : part,
  );
  return { ...answer, message: { ...answer.message, parts } };
}
