import "server-only";
import type { MemberKey, ProviderKeyInfo } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { deleteMemberKey, replaceMemberKey } from "../db/provider-keys";
import { logger } from "../logger";
import { sealProviderKey } from "./provider-key";

/**
 * Keeps a member's own key to a provider, in place of the one before. It is used for this member's
 * calls only.
 *
 * @throws AppError `not_found` for a provider that takes none; `conflict` for `host` when the
 * provider has moved since the member saw where the key would go.
 */
export async function saveMemberKey(
  actor: Actor,
  providerId: string,
  { key, host }: MemberKey,
): Promise<ProviderKeyInfo> {
  const sealed = sealProviderKey(key, "own");
  if (sealed === null) throw new AppError("invalid_input", { details: { field: "key" } });
  const info = await replaceMemberKey(actor, providerId, {
    ...sealed,
    ...(host === undefined ? {} : { host }),
  });
  logger().info({ userId: actor.userId, providerId }, "own key saved");
  return info;
}

/** Takes a member's own key away. @throws AppError `not_found`. */
export async function removeMemberKey(actor: Actor, providerId: string): Promise<void> {
  await deleteMemberKey(actor, providerId);
  logger().info({ userId: actor.userId, providerId }, "own key removed");
}
