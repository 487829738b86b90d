import "server-only";
import type { Provider, ProviderCreate, ProviderPatch } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import * as providers from "../db/providers";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { newId } from "../ids";
import { logger } from "../logger";
import { findEnvironmentProvider } from "./environment-provider";
import { describeModel } from "./describe-model";
import { endRestsOf } from "./model-health";
import { sealProviderKey } from "./provider-key";
import { requireAllowedAddress } from "./require-allowed-address";

/** Every provider as admins see it: without its key. */
export async function listProviders(actor: Actor): Promise<Provider[]> {
  return (await providers.findProviders(actor)).map(toProvider);
}

/**
 * Saves a connection and the models to offer.
 *
 * @throws AppError `provider_address_refused`; `invalid_input` when the API version is missing or none
 * is wanted.
 */
export async function connectProvider(actor: Actor, input: ProviderCreate): Promise<Provider> {
  requireAllowedAddress(input.baseUrl);
  const { name, kind, baseUrl, models } = input;
  const apiVersion = input.apiVersion ?? null;
  requireApiVersionOf(kind, apiVersion);
  const id = newId();
  const row = await providers.insertProvider(actor, {
    id,
    name,
    kind,
    baseUrl,
    apiVersion,
    key: sealProviderKey(input.key, "1"),
    source: "admin",
    models: models.map((model) => describeModel(kind, model)),
  });
  const provider = toProvider(row);
  logger().info({ userId: actor.userId, providerId: id }, "provider connected");
  return provider;
}

/**
 * Changes a provider. Its key never follows it to another origin: whoever moves it brings the key
 * along, so that nobody can have a stored key sent to a host of their own.
 *
 * @throws AppError `not_found`; `provider_address_refused`; `invalid_input` for `key` when the
 * origin changes without one; `conflict` for what the environment says.
 */
export async function changeProvider(
  actor: Actor,
  id: string,
  { key, ...patch }: ProviderPatch,
): Promise<Provider> {
  const seen = await providers.requireProvider(actor, id);
  const { baseUrl } = patch;
  if (seen.source === "environment" && !isOurs({ key, ...patch })) throw environmentConflict();
  const isMoved = baseUrl !== undefined && baseUrl !== seen.baseUrl;
  if (patch.apiVersion !== undefined) requireApiVersionOf(seen.kind, patch.apiVersion);
  if (seen.kind === "demo" && (isMoved || key !== undefined || patch.allowsMemberKeys === true))
    throw new AppError("conflict", { details: { field: "baseUrl", reason: "demo" } });
  if (isMoved) {
    requireAllowedAddress(baseUrl);
    const isOtherOrigin = new URL(baseUrl).origin !== new URL(seen.baseUrl).origin;
    if (isOtherOrigin && seen.keys.length > 0 && key === undefined)
      throw new AppError("invalid_input", { details: { field: "key", reason: "origin" } });
  }
  const row = await providers.updateProvider(actor, seen, {
    ...dropUndefined(patch),
    ...(key === undefined ? {} : { key: sealProviderKey(key, "1") }),
  });
  await endRestsOf(actor, id);
  const what = { hasNewKey: key !== undefined, isMoved };
  logger().info({ userId: actor.userId, providerId: id, ...what }, "provider changed");
  return toProvider(row);
}

/**
 * Takes a provider and its models away. What the environment gives would be back at the next start;
 * once its variables are gone, it may go too.
 *
 * @throws AppError `not_found`; `conflict` for what comes from the environment.
 */
export async function removeProvider(actor: Actor, id: string): Promise<void> {
  const provider = await providers.requireProvider(actor, id);
  if (findEnvironmentProvider(provider) !== null) throw environmentConflict();
  await providers.deleteProvider(actor, id);
  logger().info({ userId: actor.userId, providerId: id }, "provider removed");
}

/** Offers the demo model, which needs neither network nor key. */
export async function enableDemo(actor: Actor): Promise<Provider> {
  return toProvider(await providers.offerDemo(actor));
}

/** Azure's calls name a version, nobody else's do. */
function requireApiVersionOf(kind: Provider["kind"], apiVersion: string | null): void {
  if ((kind === "azure") === (apiVersion !== null)) return;
  const reason = kind === "azure" ? "missing" : "not_azure";
  throw new AppError("invalid_input", { details: { field: "apiVersion", reason } });
}

// What the environment has no say in: how it is called, and whether members bring their keys.
const ours: readonly string[] = [
  "callSettings",
  "allowsMemberKeys",
] satisfies (keyof ProviderPatch)[];

function isOurs(patch: ProviderPatch): boolean {
  return Object.keys(dropUndefined(patch)).every((name) => ours.includes(name));
}

function environmentConflict(): AppError {
  return new AppError("conflict", { details: { field: "source", reason: "environment" } });
}

function toProvider(provider: providers.ProviderRow): Provider {
  const isGiven = findEnvironmentProvider(provider)?.key;
  return { ...provider, hasKey: provider.keys.length > 0 || Boolean(isGiven) };
}
