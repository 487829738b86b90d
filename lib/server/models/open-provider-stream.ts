import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type {
  LanguageModelV4,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { createProviderFetch } from "../providers/provider-fetch";
import { singleton } from "../singleton";
import type { PromptMessage } from "./model-call";
import type { TargetCall } from "./target-call";
import { DeltaQueue } from "./delta-queue";
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

// The SDK hands the signal of a call through to its fetch: that is what tells the calls apart.
const queues = new WeakMap<AbortSignal, DeltaQueue>();

const findReader: Parameters<typeof createTolerantFetch>[1] = (signal) => (deltas) => {
  if (signal) queues.get(signal)?.push(deltas);
};

/**
 * Starts a streamed chat completion. The provider package is used directly, without `streamText`:
 * its callbacks miss resets and time-outs, and cost more than the rest of a turn together. It makes
 * the request and reads how the answer ends; the deltas do not pass through it.
 *
 * @param signal of this one request
 * @throws whatever the SDK or the network throws before the provider's headers.
 */
export async function openProviderStream(
  { model, key, prompt, timeouts }: Pick<TargetCall, "model" | "key" | "prompt" | "timeouts">,
  signal: AbortSignal,
): Promise<ProviderStream> {
  const deltas = new DeltaQueue();
  queues.set(signal, deltas);
  const { stream } = await findClient(
    model.provider.baseUrl,
    model.name,
    timeouts.connectMs,
  ).doStream({
    prompt: prompt.map(toSdkMessage),
    abortSignal: signal,
    ...(key === null ? {} : { headers: { authorization: `Bearer ${key.key}` } }),
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

const mostClients = 200;

const clients = () => singleton("provider-clients", () => new Map<string, LanguageModelV4>());

/** A client builds its schemas when it is first used, so it is kept; it never holds a key. */
function findClient(baseUrl: string, modelName: string, connectMs: number): LanguageModelV4 {
  const id = JSON.stringify([baseUrl, modelName, connectMs]);
  const known = clients().get(id);
  if (known !== undefined) return known;
  const client = createOpenAICompatible({
    name: "provider",
    baseURL: baseUrl,
    includeUsage: true,
    fetch: findFetch(connectMs),
  }).chatModel(modelName);
  if (clients().size >= mostClients) clients().clear();
  clients().set(id, client);
  return client;
}

const fetches = () => singleton("provider-fetches", () => new Map<number, typeof fetch>());

/** One pool of connections for each connection limit; an admin changes that once in a while. */
function findFetch(connectMs: number): typeof fetch {
  const known = fetches().get(connectMs);
  if (known !== undefined) return known;
  const made = createTolerantFetch(
    // Silence, before the headers and within a body, is the gate's to notice.
    createProviderFetch({
      allowedHosts: allowedProviderHosts(),
      connectTimeoutMs: connectMs,
      headersTimeoutMs: 0,
      bodyTimeoutMs: 0,
    }),
    findReader,
  );
  fetches().set(connectMs, made);
  return made;
}

function toSdkMessage({ role, text }: PromptMessage): LanguageModelV4Prompt[number] {
  return role === "system" ? { role, content: text } : { role, content: [{ type: "text", text }] };
}
