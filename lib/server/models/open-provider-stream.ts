import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type {
  LanguageModelV4,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { createProviderFetch } from "../providers/provider-fetch";
import { readProviderKey } from "../providers/provider-key";
import { singleton } from "../singleton";
import type { ModelCall, PromptMessage } from "./model-call";
import { createTolerantFetch } from "./tolerant-fetch";

/**
 * Starts a streamed chat completion. The provider package is used directly, without `streamText`:
 * its callbacks miss resets and time-outs, and cost more than the rest of a turn together.
 */
export async function openProviderStream(
  { model, prompt, timeouts }: Pick<ModelCall, "model" | "prompt" | "timeouts">,
  signal: AbortSignal,
): Promise<ReadableStream<LanguageModelV4StreamPart>> {
  const apiKey = readProviderKey(model.provider);
  const { stream } = await findClient(
    model.provider.baseUrl,
    model.name,
    timeouts.connectMs,
  ).doStream({
    prompt: prompt.map(toSdkMessage),
    abortSignal: signal,
    ...(apiKey === null ? {} : { headers: { authorization: `Bearer ${apiKey}` } }),
  });
  return stream;
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
  );
  fetches().set(connectMs, made);
  return made;
}

function toSdkMessage({ role, text }: PromptMessage): LanguageModelV4Prompt[number] {
  return role === "system" ? { role, content: text } : { role, content: [{ type: "text", text }] };
}
