import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { createProviderFetch } from "../providers/provider-fetch";
import { singleton } from "../singleton";
import { DeltaQueue } from "./delta-queue";
import type { ProviderRequest } from "./provider-request";
import { createTolerantFetch } from "./tolerant-fetch";

/** How a provider says that an answer is over. */
export type ProviderEnding = {
  /** The name of the reason as the mender has put it; undefined when there was none. */
  finish: string | undefined;
  /** As it was reported, unread. */
  usage: unknown;
};

/** An answer under way. */
export type ProviderStream = {
  deltas: DeltaQueue;
  /** Settles when there are no more deltas; rejects with an error object of the stream as it came. */
  ending: Promise<ProviderEnding>;
  /** Lets go of the provider's connection. */
  close: () => Promise<void>;
};

type OpenCall = { request: ProviderRequest; deltas: DeltaQueue };

// The SDK hands the signal of a call through to its fetch: that is what tells the calls apart. Kept
// where the clients are, since this module may be loaded more than once.
const calls = () => singleton("provider-calls", () => new WeakMap<AbortSignal, OpenCall>());

function requireCall(signal: AbortSignal | null | undefined): OpenCall {
  const call = signal ? calls().get(signal) : undefined;
  if (call === undefined) throw new Error("a request that nobody opened");
  return call;
}

/**
 * Starts a streamed chat completion. The provider package is used directly, without `streamText`:
 * its callbacks miss resets and time-outs, and cost more than the rest of a turn together. It makes
 * the request, whose address and body are the dialect's, and reads how the answer ends; the deltas
 * do not pass through it.
 *
 * @param signal of this one request; a signal can carry one request after another
 * @throws whatever the SDK or the network throws before the provider's headers.
 */
export async function openProviderStream(
  request: ProviderRequest,
  connectMs: number,
  signal: AbortSignal,
): Promise<ProviderStream> {
  const deltas = new DeltaQueue();
  calls().set(signal, { request, deltas });
  const { stream } = await findClient(connectMs).doStream({
    // What is asked stands in the request's own body.
    prompt: [],
    abortSignal: signal,
    headers: request.headers,
  });
  const reader = stream.getReader();
  const ending = readEnding(reader).finally(() => {
    deltas.close();
  });
  // Whoever leaves early does not ask how it ended.
  ending.catch(() => undefined);
  return { deltas, ending, close: () => reader.cancel().catch(() => undefined) };
}

async function readEnding(
  reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>,
): Promise<ProviderEnding> {
  const ending: ProviderEnding = { finish: undefined, usage: undefined };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return ending;
    if (value.type === "error") throw value.error;
    if (value.type !== "finish") continue;
    ending.finish = value.finishReason.raw;
    ending.usage = value.usage.raw;
  }
}

const clients = () => singleton("chat-clients", () => new Map<number, LanguageModelV4>());

/**
 * One client, and one pool of connections, for each connection limit; an admin changes that once in
 * a while. It builds its schemas when it is first used, and holds neither address nor key.
 */
function findClient(connectMs: number): LanguageModelV4 {
  const known = clients().get(connectMs);
  if (known !== undefined) return known;
  const client = createOpenAICompatible({
    name: "provider",
    baseURL: "https://provider.invalid",
    fetch: createShapedFetch(connectMs),
  }).chatModel("model");
  clients().set(connectMs, client);
  return client;
}

/** The SDK's `fetch`: what it asks for goes out in the dialect of the call that it belongs to. */
function createShapedFetch(connectMs: number): typeof fetch {
  const providerFetch = createProviderFetch({
    allowedHosts: allowedProviderHosts(),
    connectTimeoutMs: connectMs,
    // Silence, before the headers and within a body, is the gate's to notice.
    headersTimeoutMs: 0,
    bodyTimeoutMs: 0,
  });
  return createTolerantFetch(
    (_input, init) => {
      const { url, body } = requireCall(init?.signal).request;
      return providerFetch(url, { ...init, body: JSON.stringify(body) });
    },
    (signal) => {
      const { request, deltas } = requireCall(signal);
      return {
        candidates: request.candidates,
        push: (pieces) => {
          deltas.push(pieces);
        },
      };
    },
  );
}
