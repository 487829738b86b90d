import "server-only";
import type { SystemActor } from "@/lib/domain/actor";
import { db } from "./client";

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

/** Whether there is any account yet; before that, anybody may make the first one. */
export async function hasUsers(_system: SystemActor): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) !== null;
}
