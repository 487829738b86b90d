import "server-only";
import type { ProviderConnection, ProviderKind, ProviderTest } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { logger } from "../logger";
import { requireTestAllowance } from "./connection-limit";
import { listModels, type ModelsConnection } from "./list-models";
import { requireAllowedAddress } from "./require-allowed-address";

const timeoutMs = 15_000;

// These list their models wherever they run: where there is no list there is another server.
const listingKinds: ReadonlySet<ProviderKind> = new Set([
  "openai",
  "deepseek",
  "siliconflow",
  "ollama",
  "lm-studio",
  "vllm",
]);

/**
 * Tries a connection that is not saved yet, by its list of models. At Azure that tells whether the
 * endpoint and the key are right; deployments have no list. @throws AppError `rate_limited` after
 * too many.
 */
export async function testConnection(
  actor: Actor,
  { kind, baseUrl, apiVersion, key }: ProviderConnection,
): Promise<ProviderTest> {
  requireTestAllowance(actor);
  const test = await tryConnection({
    kind,
    baseUrl,
    apiVersion: apiVersion ?? null,
    key: key === "" ? null : (key ?? null),
  });
  logger().info({ userId: actor.userId, code: test.errorCode }, "provider connection tested");
  return test;
}

async function tryConnection(connection: ModelsConnection): Promise<ProviderTest> {
  const { kind, baseUrl } = connection;
  try {
    requireAllowedAddress(baseUrl);
    for (const candidate of [baseUrl, ...withVersion(connection)]) {
      const models = await listModels({ ...connection, baseUrl: candidate }, timeoutMs);
      if (models !== null) return works(candidate, models);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, details = null } = error;
    return { isOk: false, models: [], baseUrl, errorCode: code, errorDetails: details };
  }
  if (!listingKinds.has(kind)) return works(baseUrl, []);
  return {
    isOk: false,
    models: [],
    baseUrl,
    errorCode: "provider_incompatible",
    errorDetails: { status: 404 },
  };
}

/** The address with the `/v1` that people leave out most, on the same origin. */
function withVersion({ kind, baseUrl }: ModelsConnection): string[] {
  const hasVersion = /\/v\d+[a-z]*(?:\/|$)/.test(new URL(baseUrl).pathname);
  return kind === "azure" || hasVersion ? [] : [`${baseUrl}/v1`];
}

function works(baseUrl: string, models: string[]): ProviderTest {
  return { isOk: true, models, baseUrl, errorCode: null, errorDetails: null };
}
