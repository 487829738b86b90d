import "server-only";
import type { User, UserPatch, UsersPage } from "@/lib/contracts/accounts";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "./client";
import { lockAccounts } from "./lock-accounts";
import { requireAdmin } from "./require-admin";

const sessionFields = {
  id: true,
  role: true,
  isActive: true,
  sessionVersion: true,
  locale: true,
  theme: true,
  name: true,
  email: true,
} as const;

/** An active user, for the check of a session on each request; null when gone or deactivated. */
export async function findActiveUser(_system: SystemActor, userId: string) {
  const user = await db().user.findUnique({ where: { id: userId }, select: sessionFields });
  if (user?.isActive !== true) return null;
  const { isActive: _, ...active } = user;
  return active;
}

/** The session version of each of these users who is active. */
export async function findSessionVersions(
  _system: SystemActor,
  userIds: string[],
): Promise<Map<string, number>> {
  const users = await db().user.findMany({
    where: { id: { in: userIds }, isActive: true },
    select: { id: true, sessionVersion: true },
  });
  return new Map(users.map(({ id, sessionVersion }) => [id, sessionVersion]));
}

/** Whether there is any account yet; before that, anybody may make the first one. */
export async function hasUsers(_system: SystemActor): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) !== null;
}

const userFields = {
  id: true,
  email: true,
  name: true,
  role: true,
  isActive: true,
  createdAt: true,
} as const;

/** A page of all users, newest first. @param cursor the id of the last user of the page before. */
export async function findUsers(
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<UsersPage> {
  requireAdmin(actor);
  // Ids are UUIDv7, so their order is the order in which the accounts were made.
  const rows = await db().user.findMany({
    where: cursor === undefined ? {} : { id: { lt: cursor } },
    orderBy: { id: "desc" },
    take: limit + 1,
    select: userFields,
  });
  const users = rows.slice(0, limit);
  return { users: users.map(toUser), cursor: rows.length > limit ? lastId(users) : null };
}

/**
 * Changes a user's role or whether the account is active. A demotion or a deactivation ends their
 * sessions. There is always an active admin left: of several admins who demote each other at the
 * same moment, one stays.
 *
 * @throws AppError `not_found`, `conflict` for the last admin, or `forbidden` when the actor is no
 *   admin any more.
 */
export async function updateUser(actor: Actor, userId: string, patch: UserPatch): Promise<User> {
  requireAdmin(actor);
  return lockAccounts(async (tx) => {
    const admins = await tx.user.findMany({
      where: { role: "admin", isActive: true },
      select: { id: true },
    });
    if (!admins.some((admin) => admin.id === actor.userId)) throw new AppError("forbidden");
    const before = await tx.user.findUnique({ where: { id: userId }, select: userFields });
    if (before === null) throw new AppError("not_found");
    const role = patch.role ?? before.role;
    const isActive = patch.isActive ?? before.isActive;
    if (role === before.role && isActive === before.isActive) return toUser(before);
    const isAdminAfter = role === "admin" && isActive;
    const isLastAdmin = admins.length === 1 && admins[0]?.id === userId;
    if (isLastAdmin && !isAdminAfter) {
      throw new AppError("conflict", { details: { reason: "last_admin" } });
    }
    // Who may do less must not go on with an old session; who may do more may.
    const mayDoLess = !isActive || (before.role === "admin" && role !== "admin");
    const after = await tx.user.update({
      where: { id: userId },
      data: { role, isActive, ...(mayDoLess ? { sessionVersion: { increment: 1 } } : {}) },
      select: userFields,
    });
    return toUser(after);
  });
}

function toUser({ createdAt, ...user }: Omit<User, "createdAt"> & { createdAt: Date }): User {
  return { ...user, createdAt: createdAt.toISOString() };
}

function lastId(users: { id: string }[]): string | null {
  return users.at(-1)?.id ?? null;
}
