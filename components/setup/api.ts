import * as z from "zod";
import { callApi } from "@/lib/client/api";
import {
  foundProviderSchema,
  modelSchema,
  providerSchema,
  providerTestSchema,
  type FoundProvider,
  type Provider,
  type ProviderTest,
} from "@/lib/contracts/providers";
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

export function testProvider(providerId: string, signal: AbortSignal): Promise<ProviderTest> {
  return callApi("POST", `${root}/${providerId}/test`, { schema: providerTestSchema, signal });
}

/** Models of a provider that are offered, or hidden, already: by their id at the provider. */
export async function findModelNames(providerId: string, signal: AbortSignal): Promise<string[]> {
  const schema = z.object({ models: z.array(modelSchema) });
  const { models } = await callApi("GET", "/api/admin/models", { schema, signal });
  return models.filter((model) => model.providerId === providerId).map(({ name }) => name);
}

/** Offers models of a provider, one after the other, so that their order is the chosen one. */
export async function addModels(providerId: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await callApi("POST", "/api/admin/models", { body: { providerId, name } });
  }
}

function connectionOf({ kind, baseUrl }: Draft, key: string) {
  return { kind, baseUrl, ...(key === "" ? {} : { key }) };
}
