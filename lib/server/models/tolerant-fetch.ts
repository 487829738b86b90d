import "server-only";
import { eventsOfDocument } from "@/lib/domain/chat-completions/document-events";
import { EventMender } from "@/lib/domain/chat-completions/event-mender";
import { parseJson } from "@/lib/domain/chat-completions/json";
import { mendStream, type PieceReader } from "./mend-stream";
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
 * Wraps a provider's `fetch` for the SDK. Text and thoughts of a streamed answer go straight to who
 * reads it, those that arrive close together as one; what is left for the SDK is how it ends, in a
 * form that it takes. One JSON document is as good as a stream. Errors are cut to what can be of
 * use.
 *
 * @param findReader who reads the call that carries this signal
 */
export function createTolerantFetch(
  providerFetch: typeof fetch,
  findReader: (signal: AbortSignal | null | undefined) => PieceReader,
): typeof fetch {
  return async (input, init) => {
    const reader = findReader(init?.signal);
    const response = await providerFetch(input, init);
    if (!response.ok) return boundError(response);
    if (response.body === null) throw new UnreadableAnswerError();
    const type = response.headers.get("content-type") ?? "";
    if (type.includes("application/json")) return streamDocument(response, reader);
    if (type.includes("text/html")) {
      await response.body.cancel();
      throw new UnreadableAnswerError();
    }
    return new Response(mendStream(response.body.getReader(), reader), { headers: eventStream });
  };
}

const eventStream = { "content-type": "text/event-stream" };

async function boundError(response: Response): Promise<Response> {
  const { text } = await readBounded(response, longestError);
  const headers = new Headers(response.headers);
  for (const name of ["content-length", "content-encoding", "transfer-encoding"])
    headers.delete(name);
  // The constructor knows no status above 599, though servers do.
  return new Response(text, { status: Math.min(response.status, 599), headers });
}

async function streamDocument(response: Response, reader: PieceReader): Promise<Response> {
  const { text, isCut } = await readBounded(response, longestDocument);
  const events = isCut ? null : eventsOfDocument(parseJson(text));
  if (events === null) throw new UnreadableAnswerError();
  const mender = new EventMender(reader.candidates);
  for (const event of events) mender.push(`data: ${JSON.stringify(event)}\n\n`);
  reader.push(mender.takePieces());
  return new Response(mender.takeEvents(), { headers: eventStream });
}
