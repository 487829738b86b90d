import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4Prompt, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { createProviderFetch } from "../providers/provider-fetch";
import { readProviderKey } from "../providers/provider-key";
import { singleton } from "../singleton";
import type { ResolvedModel } from "../db/models";
import type { PromptMessage } from "./model-call";
import { createTolerantFetch } from "./tolerant-fetch";

// The longest that any provider needs to answer at all; first-token and idle limits are the gate's.
const headersTimeoutMs = 300_000;

const providerFetch = () =>
  singleton("provider-fetch", () =>
    createTolerantFetch(
      // Silence within a body is the gate's to notice.
      createProviderFetch({
        allowedHosts: allowedProviderHosts(),
        headersTimeoutMs,
        bodyTimeoutMs: 0,
      }),
    ),
  );

/**
 * Starts a streamed chat completion. The provider package is used directly, without `streamText`:
 * its callbacks miss resets and time-outs, and cost more than the rest of a turn together.
 */
export async function openProviderStream(
  model: ResolvedModel,
  prompt: PromptMessage[],
  signal: AbortSignal,
): Promise<ReadableStream<LanguageModelV4StreamPart>> {
  const { provider } = model;
  const apiKey = readProviderKey(provider);
  const client = createOpenAICompatible({
    name: "provider",
    baseURL: provider.baseUrl,
    includeUsage: true,
    fetch: providerFetch(),
    ...(apiKey === null ? {} : { apiKey }),
  });
  const { stream } = await client
    .chatModel(model.name)
    .doStream({ prompt: prompt.map(toSdkMessage), abortSignal: signal });
  return stream;
}

function toSdkMessage({ role, text }: PromptMessage): LanguageModelV4Prompt[number] {
  return role === "system" ? { role, content: text } : { role, content: [{ type: "text", text }] };
}
