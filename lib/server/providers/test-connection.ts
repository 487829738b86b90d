import "server-only";
import type { ProviderConnection, ProviderTest } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { findInstanceKeys } from "../db/provider-keys";
import { requireProvider, type ProviderRow } from "../db/providers";
import { logger } from "../logger";
import { requireTestAllowance } from "./connection-limit";
import { listModels } from "./list-models";
import { readProviderKeys } from "./provider-key";
import { requireAllowedAddress } from "./require-allowed-address";

const timeoutMs = 15_000;

/** Tries a connection that is not saved yet. @throws AppError `rate_limited` after too many. */
export async function testConnection(
  actor: Actor,
  { kind, baseUrl, key }: ProviderConnection,
): Promise<ProviderTest> {
  requireTestAllowance(actor);
  const test = await tryConnection({ kind, baseUrl, key: key === "" ? null : (key ?? null) });
  logger().info({ userId: actor.userId, code: test.errorCode }, "provider connection tested");
  return test;
}

/** Tries a saved provider, with its own key. @throws AppError `not_found`, `rate_limited`. */
export async function testProvider(actor: Actor, providerId: string): Promise<ProviderTest> {
  const provider = await requireProvider(actor, providerId);
  requireTestAllowance(actor);
  const { kind, baseUrl } = provider;
  const test =
    kind === "demo"
      ? { isOk: true, models: [], baseUrl, errorCode: null, errorDetails: null }
      : await tryConnection({ kind, baseUrl, key: await findFirstKey(actor, provider) });
  logger().info({ userId: actor.userId, providerId, code: test.errorCode }, "provider tested");
  return test;
}

async function findFirstKey(actor: Actor, provider: ProviderRow): Promise<string | null> {
  const keys = await findInstanceKeys(actor, provider.id);
  return readProviderKeys({ ...provider, keys })[0]?.key ?? null;
}

type Connection = { kind: string; baseUrl: string; key: string | null };

async function tryConnection({ kind, baseUrl, key }: Connection): Promise<ProviderTest> {
  try {
    requireAllowedAddress(baseUrl);
    for (const candidate of [baseUrl, ...withVersion(baseUrl)]) {
      const models = await listModels({ baseUrl: candidate, key }, timeoutMs);
      if (models !== null) return works(candidate, models);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, details = null } = error;
    return { isOk: false, models: [], baseUrl, errorCode: code, errorDetails: details };
  }
  // Some servers keep no list; the ones that we know by name all do.
  if (kind === "openai-compatible") return works(baseUrl, []);
  return {
    isOk: false,
    models: [],
    baseUrl,
    errorCode: "provider_incompatible",
    errorDetails: { status: 404 },
  };
}

/** The address with the `/v1` that people leave out most, on the same origin. */
function withVersion(baseUrl: string): string[] {
  return /\/v\d+[a-z]*(?:\/|$)/.test(new URL(baseUrl).pathname) ? [] : [`${baseUrl}/v1`];
}

function works(baseUrl: string, models: string[]): ProviderTest {
  return { isOk: true, models, baseUrl, errorCode: null, errorDetails: null };
}
