import "server-only";
import {
  eventsOfDocument,
  readPlainDelta,
  repairEvent,
} from "@/lib/domain/chat-completions/repair-event";

/**
 * Wraps a provider's `fetch` so that a streamed answer reaches the SDK in a form that it takes:
 * odd events mended, one JSON document turned into a stream, and text deltas that arrive together
 * joined into one.
 */
export function createTolerantFetch(providerFetch: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await providerFetch(input, init);
    if (!response.ok || response.body === null) return response;
    const type = response.headers.get("content-type") ?? "";
    if (type.includes("application/json")) return streamDocument(response);
    const body = mendStream(response.body.getReader());
    return new Response(body, { status: response.status, headers: eventStream(response) });
  };
}

/** One hop for decoding, mending and encoding: each stage of a pipe costs as much as the work. */
function mendStream(reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const mender = new EventMender();
  return new ReadableStream({
    async pull(controller) {
      // A piece may hold no whole line; the reader waits for one that does.
      for (;;) {
        const { done, value } = await reader.read();
        const mended = done
          ? mender.end(decoder.decode())
          : mender.push(decoder.decode(value, { stream: true }));
        if (mended !== "") controller.enqueue(encoder.encode(mended));
        if (done) controller.close();
        if (done || mended !== "") return;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function eventStream(response: Response): Headers {
  const headers = new Headers(response.headers);
  headers.set("content-type", "text/event-stream");
  headers.delete("content-length");
  headers.delete("content-encoding");
  return headers;
}

// A whole answer is bounded too; more than this is no answer.
const longestDocument = 32 * 1024 * 1024;

async function streamDocument(response: Response): Promise<Response> {
  const text = await response.text();
  const events = text.length > longestDocument ? null : eventsOfDocument(parse(text));
  if (events === null) return new Response(text, response);
  const body = [...events.map((event) => JSON.stringify(event)), "[DONE]"];
  return new Response(body.map((data) => `data: ${data}\n\n`).join(""), {
    headers: eventStream(response),
  });
}

/** Mends a stream line by line; what arrives in one piece leaves in one piece. */
class EventMender {
  private rest = "";
  private out = "";
  private pending: { event: Record<string, unknown>; texts: string[] } | null = null;

  /** Takes the next piece. @returns what of it is whole, mended. */
  push(piece: string): string {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.takeLine(line);
    return this.takeOut();
  }

  /** Takes the last piece. */
  end(piece: string): string {
    const whole = this.push(piece);
    if (this.rest !== "") this.takeLine(this.rest);
    return whole + this.takeOut();
  }

  private takeOut(): string {
    this.closePending();
    const { out } = this;
    this.out = "";
    return out;
  }

  private takeLine(line: string): void {
    if (!line.startsWith("data:")) return;
    const data = line.slice(5).trim();
    const event = parse(data);
    const text = readPlainDelta(event);
    if (text !== null) {
      this.pending ??= { event: event as Record<string, unknown>, texts: [] };
      this.pending.texts.push(text);
      return;
    }
    this.closePending();
    this.out += `data: ${event === undefined ? data : JSON.stringify(repairEvent(event))}\n\n`;
  }

  private closePending(): void {
    if (this.pending === null) return;
    const { event, texts } = this.pending;
    this.pending = null;
    const choices = [{ index: 0, delta: { content: texts.join("") }, finish_reason: null }];
    this.out += `data: ${JSON.stringify({ ...event, choices })}\n\n`;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
