import type { AnswerChunk } from "@/lib/contracts/chat";

/**
 * Reads an answer's event stream. Yields what each network read brought as one batch, so that a
 * fast stream costs few updates; returns whether the stream said that it is done. Lines that are
 * not data, and data that is not JSON, are passed over: one bad line must not end an answer.
 */
export async function* readAnswerChunks(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<AnswerChunk[], boolean> {
  const reader = body.getReader();
  // `stream: true` keeps the first bytes of a character whose others are still on the way.
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const piece = done ? `${decoder.decode()}\n` : decoder.decode(value, { stream: true });
      // Only what is new is searched: a line may be of megabytes, and come in many pieces.
      const end = piece.lastIndexOf("\n") + 1;
      if (end === 0) {
        rest += piece;
        continue;
      }
      const lines = (rest + piece.slice(0, end)).split("\n");
      rest = piece.slice(end);
      const { chunks, isDone } = parseLines(lines);
      if (chunks.length > 0) yield chunks;
      if (isDone) return true;
      if (done) return false;
    }
  } finally {
    // Also when the caller stops early: an unread stream would hold its connection.
    reader.cancel().catch(() => undefined);
  }
}

function parseLines(lines: string[]): { chunks: AnswerChunk[]; isDone: boolean } {
  const chunks: AnswerChunk[] = [];
  for (const line of lines) {
    if (!line.startsWith("data:")) continue;
    const data = line.slice("data:".length).trim();
    if (data === "[DONE]") return { chunks, isDone: true };
    const chunk = parseChunk(data);
    if (chunk !== null) chunks.push(chunk);
  }
  return { chunks, isDone: false };
}

function parseChunk(data: string): AnswerChunk | null {
  try {
    const value: unknown = JSON.parse(data);
    const isChunk =
      typeof value === "object" &&
      value !== null &&
      "type" in value &&
      typeof value.type === "string";
    return isChunk ? (value as AnswerChunk) : null;
  } catch {
    return null;
  }
}
