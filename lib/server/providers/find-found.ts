import "server-only";
import type { FoundProvider } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { judgeBaseUrl } from "@/lib/domain/providers/address-policy";
import { providerPresets } from "@/lib/domain/providers/presets";
import { findProviders, type ProviderRow } from "../db/providers";
import { allowedProviderHosts } from "./allowed-hosts";
import { requireTestAllowance } from "./connection-limit";
import {
  findEnvironmentProvider,
  readEnvironmentProviders,
  type EnvironmentProvider,
} from "./environment-provider";
import { listModels } from "./list-models";

// A server on this machine answers at once or is not there; the environment's may be far away.
const localTimeoutMs = 500;
const environmentTimeoutMs = 5_000;

/**
 * Providers that need no asking for: those of the environment, and Ollama and LM Studio when
 * they run on this machine and the operator's list of hosts allows it. Nothing that is connected
 * already, except the environment's.
 */
export async function findFoundProviders(actor: Actor): Promise<FoundProvider[]> {
  requireTestAllowance(actor);
  const stored = await findProviders(actor);
  const found = await Promise.all([
    ...readEnvironmentProviders().map((given) => findInEnvironment(given, stored)),
    ...providerPresets
      .filter(({ kind }) => kind === "ollama" || kind === "lm-studio")
      .filter(({ baseUrl }) => !stored.some((provider) => provider.baseUrl === baseUrl))
      .map((preset) => findOnThisMachine(preset)),
  ]);
  return found.filter((provider) => provider !== null);
}

async function findInEnvironment(
  given: EnvironmentProvider,
  stored: ProviderRow[],
): Promise<FoundProvider> {
  const { kind, name, baseUrl, apiVersion, key } = given;
  const models = await listQuietly({ kind, baseUrl, apiVersion, key }, environmentTimeoutMs);
  return {
    kind,
    name,
    baseUrl,
    // Those that the environment names come first: the operator has chosen them.
    models: [...new Set([...given.models, ...(models ?? [])])],
    source: "environment",
    providerId: stored.find((row) => findEnvironmentProvider(row)?.slot === given.slot)?.id ?? null,
  };
}

async function findOnThisMachine({
  kind,
  name,
  baseUrl,
}: Pick<FoundProvider, "kind" | "name" | "baseUrl">): Promise<FoundProvider | null> {
  if (!judgeBaseUrl(baseUrl, { allowedHosts: allowedProviderHosts() }).isAllowed) return null;
  const models = await listQuietly({ kind, baseUrl, apiVersion: null, key: null }, localTimeoutMs);
  if (models === null) return null;
  return { kind, name, baseUrl, models, source: "local", providerId: null };
}

async function listQuietly(
  connection: Parameters<typeof listModels>[0],
  timeoutMs: number,
): Promise<string[] | null> {
  try {
    return await listModels(connection, timeoutMs);
  } catch {
    // Nothing there is no news; a test of the connection says more when somebody asks for it.
    return null;
  }
}
