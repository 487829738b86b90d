import "server-only";
import type { ProviderKind } from "@/lib/contracts/providers";
import { findDialect } from "@/lib/domain/dialects/dialect";
import { AppError } from "@/lib/domain/errors/app-error";
import { classifyProviderError } from "@/lib/domain/errors/classify-provider-error";
import type { ClassifiedError } from "@/lib/domain/errors/provider-failure";
import { findListPlace } from "@/lib/domain/providers/list-url";
import { readModelNames } from "@/lib/domain/providers/model-list";
import { singleton } from "../singleton";
import { allowedProviderHosts } from "./allowed-hosts";
import { createProviderFetch } from "./provider-fetch";

const mostBytes = 1024 * 1024;

const listFetch = () =>
  singleton("list-models-fetch", () =>
    createProviderFetch({ allowedHosts: allowedProviderHosts(), headersTimeoutMs: 15_000 }),
  );

/** Where models are asked for, and with which key. */
export type ModelsConnection = {
  kind: ProviderKind;
  baseUrl: string;
  /** Azure's; null elsewhere. */
  apiVersion: string | null;
  key: string | null;
};

/**
 * Asks a provider which models it has. The key goes into the header of this one request.
 *
 * @returns their ids at the provider; null when it keeps no list (404, 405), or none of what can be
 * called, as Azure.
 * @throws AppError with a provider's code; never with words of its answer.
 */
export async function listModels(
  { kind, baseUrl, apiVersion, key }: ModelsConnection,
  timeoutMs: number,
): Promise<string[] | null> {
  const place = findListPlace({ kind, baseUrl, apiVersion });
  if (place === null) return null;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await listFetch()(place.url, {
      headers: { accept: "application/json", ...findDialect(kind).makeHeaders(key) },
      signal,
    });
    const body = readJson(await readText(response));
    if (response.status === 404 || response.status === 405) return null;
    const names = response.ok ? readModelNames(body) : null;
    if (names !== null) return place.isCallable ? names : null;
    const headers = Object.fromEntries(response.headers);
    throw failWith(classifyProviderError({ status: response.status, body, headers }, Date.now()));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw failWith(classifyProviderError(describe(error, signal.aborted), Date.now()));
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body; half a list is of no use.
    if (size > mostBytes) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function describe(error: unknown, isTimeout: boolean) {
  const causeCodes: string[] = isTimeout ? ["TOTAL_TIMEOUT"] : [];
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code === "string") causeCodes.push(code);
  }
  return { causeCodes };
}

function failWith({ code, details }: ClassifiedError): AppError {
  // Nothing had begun to come, so nothing was lost: the provider is simply not reached.
  return new AppError(code === "connection_lost" ? "provider_unreachable" : code, { details });
}
