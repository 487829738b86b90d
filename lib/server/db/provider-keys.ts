import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import { limits } from "@/lib/contracts/limits";
import type { MemberProvider, ProviderKeyInfo } from "@/lib/contracts/providers";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import type { SealedKey } from "./aliases";
import { db } from "./client";
import { toKeyInfo, type NewKey } from "./providers";
import { readKind } from "./read-kind";
import { requireAdmin } from "./require-admin";

/** The instance's keys of a provider, sealed: those in use first, then those set aside. */
export async function findInstanceKeys(actor: Actor, providerId: string): Promise<SealedKey[]> {
  requireAdmin(actor);
  const rows = await db().providerKey.findMany({
    where: { providerId, userId: null, isEnabled: true },
    orderBy: [{ asideAt: { sort: "asc", nulls: "first" } }, { createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, encryptedKey }) => ({ id, sealed: encryptedKey, owner: "instance" }));
}

/** One more key of the instance. @throws AppError `not_found`; `conflict` when there are enough. */
export async function createInstanceKey(
  actor: Actor,
  providerId: string,
  key: NewKey,
): Promise<ProviderKeyInfo> {
  requireAdmin(actor);
  return db().$transaction(async (tx) => {
    // Under the provider's row: two at once count one after the other.
    const [provider] = await tx.$queryRaw<{ source: string }[]>`
      SELECT source FROM providers WHERE id = ${providerId} FOR UPDATE`;
    if (provider === undefined) throw new AppError("not_found");
    if (provider.source !== "admin")
      throw new AppError("conflict", { details: { field: "source", reason: provider.source } });
    const count = await tx.providerKey.count({ where: { providerId, userId: null } });
    if (count >= limits.keysPerProvider)
      throw new AppError("conflict", { details: { field: "key", reason: "too_many" } });
    return toKeyInfo(await tx.providerKey.create({ data: { ...key, providerId } }));
  });
}

export type KeyChange = { label?: string; isEnabled?: boolean; isAside?: false };

/** Changes a key of the instance. @throws AppError `not_found`. */
export async function updateInstanceKey(
  actor: Actor,
  { providerId, keyId }: { providerId: string; keyId: string },
  change: KeyChange,
): Promise<ProviderKeyInfo> {
  requireAdmin(actor);
  const [row] = await db().providerKey.updateManyAndReturn({
    where: { id: keyId, providerId, userId: null },
    data: {
      ...(change.label === undefined ? {} : { label: change.label }),
      ...(change.isEnabled === undefined ? {} : { isEnabled: change.isEnabled }),
      ...(change.isAside === undefined ? {} : { asideCode: null, asideAt: null, asideUntil: null }),
    },
  });
  if (row === undefined) throw new AppError("not_found");
  return toKeyInfo(row);
}

/** Takes a key of the instance away. @throws AppError `not_found`. */
export async function deleteInstanceKey(
  actor: Actor,
  { providerId, keyId }: { providerId: string; keyId: string },
): Promise<void> {
  requireAdmin(actor);
  const where = { id: keyId, providerId, userId: null };
  const { count } = await db().providerKey.deleteMany({ where });
  if (count === 0) throw new AppError("not_found");
}

/**
 * Sets a key aside that its provider refused. The last key of the instance that is in use stays in
 * use: a provider without any could not even say why; since when it is refused is noted. A member's
 * own is marked, and goes on being used: only its owner decides about it.
 *
 * @param until when it may be tried again by itself; null: not before somebody says so
 * @returns whether it is out of use now.
 */
export async function setKeyAside(
  _system: SystemActor,
  keyId: string,
  { code, until }: { code: ErrorCode; until: Date | null },
): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    WITH locked AS (
      SELECT p.id FROM providers p JOIN provider_keys k ON k.provider_id = p.id
      WHERE k.id = ${keyId} FOR UPDATE OF p
    )
    UPDATE provider_keys k SET aside_code = ${code}, aside_at = now(), aside_until = ${until}
    FROM locked
    WHERE k.id = ${keyId} AND (k.user_id IS NOT NULL OR EXISTS (
      SELECT 1 FROM provider_keys o
      WHERE o.provider_id = locked.id AND o.user_id IS NULL AND o.is_enabled AND o.id <> k.id
        AND (o.aside_code IS NULL OR o.aside_until <= now())))
    RETURNING k.id`;
  if (rows.length === 0) await noteLastRefused(keyId, code);
  return rows.length > 0;
}

/** Set aside for no time: whatever asks which keys are in use finds it, and a success clears it. */
async function noteLastRefused(keyId: string, code: ErrorCode): Promise<void> {
  await db().$executeRaw`
    UPDATE provider_keys SET aside_code = ${code}, aside_at = now(), aside_until = now()
    WHERE id = ${keyId} AND user_id IS NULL AND is_enabled AND aside_code IS DISTINCT FROM ${code}
      AND (aside_code IS NULL OR aside_until <= now())`;
}

/** Says that a key works: it is no longer set aside. */
export async function clearKeyAside(_system: SystemActor, keyId: string): Promise<void> {
  await db().providerKey.updateMany({
    where: { id: keyId, asideCode: { not: null } },
    data: { asideCode: null, asideAt: null, asideUntil: null },
  });
}

/**
 * The providers that take members' own keys, with the actor's; also those that take none any more
 * while they still keep the actor's.
 */
export async function findMemberProviders(actor: Actor): Promise<MemberProvider[]> {
  const rows = await db().provider.findMany({
    where: {
      OR: [
        { allowsMemberKeys: true, isEnabled: true },
        { keys: { some: { userId: actor.userId } } },
      ],
    },
    include: {
      keys: {
        where: { OR: [{ userId: actor.userId }, { userId: null, isEnabled: true }] },
        orderBy: { createdAt: "asc" },
      },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, name, kind, baseUrl, source, keys, ...row }) => {
    const own = keys.find(({ userId }) => userId === actor.userId);
    return {
      id,
      name,
      kind: readKind(kind),
      host: new URL(baseUrl).host,
      hasSharedKey: source === "environment" || keys.some(({ userId }) => userId === null),
      takesKeys: row.allowsMemberKeys && row.isEnabled,
      key: own === undefined ? null : toKeyInfo(own),
    };
  });
}

/**
 * Keeps the actor's own key of a provider, in place of the one before.
 *
 * @param host where the actor saw it go; another one by now does not get it
 * @throws AppError `not_found` for a provider that takes none; `conflict` for `host`.
 */
export async function replaceMemberKey(
  actor: Actor,
  providerId: string,
  { host, ...key }: NewKey & { host?: string },
): Promise<ProviderKeyInfo> {
  return db().$transaction(async (tx) => {
    const [provider] = await tx.$queryRaw<{ base_url: string }[]>`
      SELECT base_url FROM providers
      WHERE id = ${providerId} AND allows_member_keys AND is_enabled FOR UPDATE`;
    if (provider === undefined) throw new AppError("not_found");
    if (host !== undefined && new URL(provider.base_url).host !== host)
      throw new AppError("conflict", { details: { field: "host" } });
    await tx.providerKey.deleteMany({ where: { providerId, userId: actor.userId } });
    const data = { ...key, providerId, userId: actor.userId };
    return toKeyInfo(await tx.providerKey.create({ data }));
  });
}

/** Takes the actor's own key away. @throws AppError `not_found`. */
export async function deleteMemberKey(actor: Actor, providerId: string): Promise<void> {
  const where = { providerId, userId: actor.userId };
  const { count } = await db().providerKey.deleteMany({ where });
  if (count === 0) throw new AppError("not_found");
}
