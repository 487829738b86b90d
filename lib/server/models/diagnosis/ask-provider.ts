import "server-only";
import type { ProviderKind } from "@/lib/contracts/providers";
import type { Json } from "@/lib/domain/chat-completions/json";
import type { RawReply } from "@/lib/domain/diagnosis/read-reply";
import { allowedProviderHosts } from "../../providers/allowed-hosts";
import { createProviderFetch } from "../../providers/provider-fetch";
import { singleton } from "../../singleton";

/** What is tested: a provider as it is stored, with one of its keys, and one of its models. */
export type TestTarget = {
  kind: ProviderKind;
  baseUrl: string;
  apiVersion: string | null;
  key: string | null;
  /** Its id at the provider; null when there is none to try. */
  modelName: string | null;
};

type ProviderRequest = { url: string; headers: Record<string, string>; body?: Json };

// A probe's answer is short, a list of models may be long.
const mostBytes = 1024 * 1024;

const probeFetch = () =>
  singleton("diagnosis-fetch", () =>
    createProviderFetch({ allowedHosts: allowedProviderHosts(), headersTimeoutMs: 0 }),
  );

/**
 * Sends one request and reads its answer to the end; never throws for what the provider or the
 * network does.
 *
 * @throws the reason of `signal` when that is what ended it.
 */
export async function askProvider(
  { url, headers, body }: ProviderRequest,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<RawReply> {
  const startedMs = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedMs);
  const limit = AbortSignal.timeout(timeoutMs);
  let firstMs: number | null = null;
  const raw = { status: null, headers: {}, text: "", causeCodes: [] };
  try {
    const response = await probeFetch()(url, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, limit]),
    });
    const chunks: Uint8Array[] = [];
    let leftBytes = mostBytes;
    for await (const chunk of response.body ?? []) {
      firstMs ??= elapsedMs();
      chunks.push(chunk.subarray(0, leftBytes));
      leftBytes -= chunk.byteLength;
      // Leaving the loop cancels the body.
      if (leftBytes < 0) break;
    }
    return {
      ...raw,
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text: Buffer.concat(chunks).toString("utf8"),
      firstMs: firstMs ?? elapsedMs(),
      totalMs: elapsedMs(),
    };
  } catch (error) {
    signal.throwIfAborted();
    const causeCodes = limit.aborted ? ["TOTAL_TIMEOUT"] : findCodes(error);
    return { ...raw, causeCodes, firstMs: elapsedMs(), totalMs: elapsedMs() };
  }
}

function findCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code === "string") codes.push(code);
  }
  return codes;
}
