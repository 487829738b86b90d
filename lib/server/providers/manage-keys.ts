import "server-only";
import type { z } from "zod";
import type {
  ProviderKeyInfo,
  providerKeyCreateSchema,
  providerKeyPatchSchema,
} from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import * as keys from "../db/provider-keys";
import { requireProvider } from "../db/providers";
import { logger } from "../logger";
import { endRestsOf } from "./model-health";
import { sealProviderKey } from "./provider-key";

type KeyPlace = { providerId: string; keyId: string };

/**
 * One more key of the instance for a provider. Without a label it gets the next free number.
 *
 * @throws AppError `not_found`; `conflict` when there are enough, and for what is not an admin's.
 */
export async function addProviderKey(
  actor: Actor,
  providerId: string,
  { key, label }: z.output<typeof providerKeyCreateSchema>,
): Promise<ProviderKeyInfo> {
  const provider = await requireProvider(actor, providerId);
  const sealed = sealProviderKey(key, label ?? nextNumber(provider.keys));
  if (sealed === null) throw new AppError("invalid_input", { details: { field: "key" } });
  const info = await keys.createInstanceKey(actor, providerId, sealed);
  await endRestsOf(actor, providerId);
  logger().info({ userId: actor.userId, providerId, keyId: info.id }, "provider key added");
  return info;
}

/** Renames a key, switches it on or off, or puts it back into use. @throws AppError `not_found`. */
export async function changeProviderKey(
  actor: Actor,
  place: KeyPlace,
  patch: z.output<typeof providerKeyPatchSchema>,
): Promise<ProviderKeyInfo> {
  const info = await keys.updateInstanceKey(actor, place, dropUndefined(patch));
  await endRestsOf(actor, place.providerId);
  logger().info({ userId: actor.userId, ...place }, "provider key changed");
  return info;
}

/** Takes a key away for good. @throws AppError `not_found`. */
export async function removeProviderKey(actor: Actor, place: KeyPlace): Promise<void> {
  await keys.deleteInstanceKey(actor, place);
  logger().info({ userId: actor.userId, ...place }, "provider key removed");
}

function nextNumber(present: readonly { label: string }[]): string {
  const numbers = present.map(({ label }) => (/^\d{1,4}$/.test(label) ? Number(label) : 0));
  return String(Math.max(0, ...numbers) + 1);
}
