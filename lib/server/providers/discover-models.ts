import "server-only";
import type { Discovery } from "@/lib/contracts/discovery";
import type { Model } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { findDialect } from "@/lib/domain/dialects/dialect";
import { createModels, findModels } from "../db/models";
import { findInstanceKeys } from "../db/provider-keys";
import { requireProvider } from "../db/providers";
import { logger } from "../logger";
import { requireTestAllowance } from "./connection-limit";
import { describeModel } from "./describe-model";
import { listModels } from "./list-models";
import { readProviderKeys } from "./provider-key";
import { requireAllowedAddress } from "./require-allowed-address";

const timeoutMs = 15_000;

/**
 * Asks a stored provider which models it has, and says which of them are added already. Those that
 * were added and are listed no more come last.
 *
 * @throws AppError `not_found`, `rate_limited`, or a provider's code when the list does not come.
 */
export async function discoverModels(actor: Actor, providerId: string): Promise<Discovery> {
  const provider = await requireProvider(actor, providerId);
  const models = (await findModels(actor)).filter((model) => model.providerId === providerId);
  const listed = provider.kind === "demo" ? null : await listFor(actor, provider);
  const known = new Map(models.map(({ id, name }) => [name, id]));
  const names = new Set(listed ?? []);
  return {
    hasList: listed !== null,
    models: [
      ...[...names].map((name) => ({ name, modelId: known.get(name) ?? null, isListed: true })),
      ...models
        .filter(({ name }) => !names.has(name))
        .map(({ id, name }) => ({ name, modelId: id, isListed: listed === null })),
    ],
  };
}

/**
 * Adds models of a provider, each with an alias of its own; those that are there already stay as
 * they are.
 *
 * @returns all models of the provider that were named. @throws AppError `not_found`.
 */
export async function addModels(
  actor: Actor,
  providerId: string,
  names: readonly string[],
): Promise<Model[]> {
  const { kind } = await requireProvider(actor, providerId);
  const models = await createModels(
    actor,
    providerId,
    names.map((name) => describeModel(kind, name)),
  );
  logger().info({ userId: actor.userId, providerId, count: models.length }, "models added");
  return models;
}

async function listFor(
  actor: Actor,
  provider: Awaited<ReturnType<typeof requireProvider>>,
): Promise<string[] | null> {
  const { kind, baseUrl, apiVersion } = provider;
  if (findDialect(kind).makeModelsUrl({ baseUrl, apiVersion }) === null) return null;
  requireTestAllowance(actor);
  requireAllowedAddress(baseUrl);
  const keys = await findInstanceKeys(actor, provider.id);
  const key = readProviderKeys({ ...provider, keys })[0]?.key ?? null;
  return listModels({ kind, baseUrl, apiVersion, key }, timeoutMs);
}
