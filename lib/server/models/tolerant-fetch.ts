import "server-only";
import { eventsOfDocument } from "@/lib/domain/chat-completions/document-events";
import { EventMender } from "@/lib/domain/chat-completions/event-mender";
import { parseJson } from "@/lib/domain/chat-completions/json";
import { mendStream } from "./mend-stream";
import { readBounded } from "./read-bounded";

// A page or a report; what matters of it stands at its head.
const longestError = 64 * 1024;
// A whole answer is bounded too; more than this is no answer.
const longestDocument = 32 * 1024 * 1024;

/** An answer with status 200 that is neither a stream nor a chat completion. */
export class UnreadableAnswerError extends Error {
  override name = "UnreadableAnswerError";
  readonly code = "NOT_A_STREAM";
}

/**
 * Wraps a provider's `fetch` so that a streamed answer reaches the SDK in a form that it takes:
 * odd events mended, one JSON document turned into a stream, and deltas that arrive close together
 * joined into one. Errors are cut to what can be of use.
 */
export function createTolerantFetch(providerFetch: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await providerFetch(input, init);
    if (!response.ok) return boundError(response);
    if (response.body === null) throw new UnreadableAnswerError();
    const type = response.headers.get("content-type") ?? "";
    if (type.includes("application/json")) return streamDocument(response);
    if (type.includes("text/html")) {
      await response.body.cancel();
      throw new UnreadableAnswerError();
    }
    return new Response(mendStream(response.body.getReader()), { headers: eventStream });
  };
}

const eventStream = { "content-type": "text/event-stream" };

async function boundError(response: Response): Promise<Response> {
  const text = (await readBounded(response, longestError)) ?? "";
  const headers = new Headers(response.headers);
  for (const name of ["content-length", "content-encoding", "transfer-encoding"])
    headers.delete(name);
  // The constructor knows no status above 599, though servers do.
  return new Response(text, { status: Math.min(response.status, 599), headers });
}

async function streamDocument(response: Response): Promise<Response> {
  const text = await readBounded(response, longestDocument);
  const events = text === null ? null : eventsOfDocument(parseJson(text));
  if (events === null) throw new UnreadableAnswerError();
  const mender = new EventMender();
  for (const event of events) mender.push(`data: ${JSON.stringify(event)}\n\n`);
  return new Response(mender.take(), { headers: eventStream });
}
