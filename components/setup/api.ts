import * as z from "zod";
import { callApi } from "@/lib/client/api";
import { discoverySchema, type Discovery } from "@/lib/contracts/discovery";
import {
  foundProviderSchema,
  providerSchema,
  providerTestSchema,
  type FoundProvider,
  type Provider,
  type ProviderTest,
} from "@/lib/contracts/providers";
import { guessPreset } from "@/lib/domain/providers/guess-preset";
import type { Draft } from "./draft";

const root = "/api/admin/providers";

/** Providers that need no asking for: in the environment or on this machine. */
export async function findFound(signal: AbortSignal): Promise<FoundProvider[]> {
  const schema = z.object({ found: z.array(foundProviderSchema) });
  return (await callApi("GET", `${root}/found`, { schema, signal })).found;
}

export async function findProviders(signal: AbortSignal): Promise<Provider[]> {
  const schema = z.object({ providers: z.array(providerSchema) });
  return (await callApi("GET", root, { schema, signal })).providers;
}

export function testConnection(draft: Draft, key: string): Promise<ProviderTest> {
  return callApi("POST", `${root}/test`, {
    body: connectionOf(draft, key),
    schema: providerTestSchema,
  });
}

/** Saves the connection with the chosen models, the first of them as the default. */
export function createProvider(draft: Draft, key: string): Promise<undefined> {
  const { name, chosen } = draft;
  return callApi("POST", root, { body: { ...connectionOf(draft, key), name, models: chosen } });
}

export function enableDemo(): Promise<undefined> {
  return callApi("POST", `${root}/demo`);
}

/** What a provider that is there already lists, and what was added of it. */
export function discoverModels(providerId: string, signal: AbortSignal): Promise<Discovery> {
  return callApi("GET", `${root}/${providerId}/models`, { schema: discoverySchema, signal });
}

/** Offers models of a provider, one after the other, so that their order is the chosen one. */
export async function addModels(providerId: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await callApi("POST", "/api/admin/models", { body: { providerId, name } });
  }
}

function connectionOf({ kind, baseUrl, apiVersion }: Draft, key: string) {
  return {
    kind: resolveKind(kind, baseUrl),
    baseUrl,
    ...(kind === "azure" ? { apiVersion: apiVersion.trim() } : {}),
    ...(key === "" ? {} : { key }),
  };
}

/** The address of a provider that we know is that provider, whichever way it was typed in. */
function resolveKind(kind: Draft["kind"], baseUrl: string): Draft["kind"] {
  if (kind !== "openai-compatible" || !URL.canParse(baseUrl)) return kind;
  return guessPreset(baseUrl)?.kind ?? kind;
}
