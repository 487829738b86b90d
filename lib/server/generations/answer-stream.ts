import "server-only";
import type { AnswerChunk, AnswerMetadata } from "@/lib/contracts/chat";
import type { AnswerPart } from "@/lib/contracts/messages";
import type { FollowedAnswer } from "./answer-log";

/** Headers of the AI SDK's UI message stream; the last two keep proxies from holding it back. */
export const answerStreamHeaders = {
  "content-type": "text/event-stream",
  "x-vercel-ai-ui-message-stream": "v1",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
} as const;

const encoder = new TextEncoder();

function encode(chunks: readonly (AnswerChunk | "[DONE]")[]): Uint8Array {
  return encoder.encode(
    chunks
      .map((chunk) => `data: ${chunk === "[DONE]" ? chunk : JSON.stringify(chunk)}\n\n`)
      .join(""),
  );
}

/** Proxies cut connections that say nothing for a minute; a comment is passed over by readers. */
const aliveEveryMs = 15_000;
const alive = encoder.encode(": alive\n\n");

/**
 * One reader's stream of an answer: all from its start, then the rest as it comes. Pulled by the
 * reader: a slow one gets fewer, larger pieces and holds nobody up, and one that leaves ends
 * nothing.
 */
export function streamLiveAnswer(answer: FollowedAnswer): ReadableStream<Uint8Array> {
  const left = new AbortController();
  let place = 0;
  let version = -1;
  // A part stays open to the end: the text of a continued answer goes on after new reasoning.
  const openParts = new Map<number, AnswerPart["type"]>();

  return new ReadableStream({
    async pull(controller) {
      if (version < 0) {
        version = answer.current.version;
        controller.enqueue(encode(startChunks(answer.id, metadataNow(answer.current))));
        if (answer.length === 0) return;
      }
      if (!(await waitForNews(answer, place, version, left.signal))) {
        if (!left.signal.aborted) controller.enqueue(alive);
        return;
      }
      const chunks: (AnswerChunk | "[DONE]")[] = [];
      const { isOver, isLost, metadata } = answer.current;
      if (answer.current.version !== version && !isOver)
        chunks.push({ type: "message-metadata", messageMetadata: metadata });
      version = answer.current.version;
      const deltas = answer.since(place);
      place = answer.length;
      for (const delta of deltas) {
        if (!openParts.has(delta.part)) {
          chunks.push({ type: `${delta.type}-start`, id: String(delta.part) });
          openParts.set(delta.part, delta.type);
        }
        chunks.push({ type: `${delta.type}-delta`, id: String(delta.part), delta: delta.delta });
      }
      if (isOver && !isLost) {
        for (const [part, type] of openParts)
          chunks.push({ type: `${type}-end`, id: String(part) });
        chunks.push(...endChunks(metadata), "[DONE]");
      }
      if (chunks.length > 0) controller.enqueue(encode(chunks));
      // Lost: it breaks off without an end, and the reader asks again what became of it.
      if (isOver) controller.close();
    },
    cancel() {
      left.abort();
    },
  });
}

/** Waits for news, but not for ever. @returns whether there are any. */
async function waitForNews(
  answer: FollowedAnswer,
  place: number,
  version: number,
  left: AbortSignal,
): Promise<boolean> {
  const hasNews = () =>
    answer.length > place || answer.current.version !== version || answer.current.isOver;
  if (hasNews()) return true;
  const waiting = new AbortController();
  const stopWaiting = () => {
    waiting.abort();
  };
  const timer = setTimeout(stopWaiting, aliveEveryMs);
  left.addEventListener("abort", stopWaiting);
  await answer.changed(place, version, waiting.signal);
  clearTimeout(timer);
  left.removeEventListener("abort", stopWaiting);
  return hasNews() && !left.aborted;
}

/** A stored answer in the form of a stream, for whoever asks again. */
export function streamStoredAnswer(
  id: string,
  parts: readonly AnswerPart[],
  metadata: AnswerMetadata,
): ReadableStream<Uint8Array> {
  const chunks = parts.flatMap(({ type, text }, index): AnswerChunk[] => [
    { type: `${type}-start`, id: String(index) },
    { type: `${type}-delta`, id: String(index), delta: text },
    { type: `${type}-end`, id: String(index) },
  ]);
  return new ReadableStream({
    start(controller) {
      controller.enqueue(
        encode([...startChunks(id, metadata), ...chunks, ...endChunks(metadata), "[DONE]"]),
      );
      controller.close();
    },
  });
}

/** The metadata for a reader who comes in the middle of a wait: what is left of the wait. */
function metadataNow({ metadata, changedAtMs }: FollowedAnswer["current"]): AnswerMetadata {
  const { retry } = metadata;
  if (!retry) return metadata;
  const waitMs = Math.max(0, Math.round(retry.waitMs - (performance.now() - changedAtMs)));
  return { ...metadata, retry: { ...retry, waitMs } };
}

function startChunks(messageId: string, messageMetadata: AnswerMetadata): AnswerChunk[] {
  return [{ type: "start", messageId, messageMetadata }, { type: "start-step" }];
}

function endChunks(messageMetadata: AnswerMetadata): AnswerChunk[] {
  const { errorCode } = messageMetadata;
  return [
    { type: "finish-step" },
    // Clients of the AI SDK see failures here; Parley's own reads the metadata.
    ...(errorCode === null ? [] : [{ type: "error", errorText: errorCode } as const]),
    { type: "finish", messageMetadata },
  ];
}
