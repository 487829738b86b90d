import "server-only";
import type { z } from "zod";
import type { Profile, profilePatchSchema } from "@/lib/contracts/accounts";
import { Prisma } from "@/generated/prisma/client";
import { contextPolicySchema } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "./client";

type Self = Pick<Actor, "userId">;

/** The actor's own profile. @throws AppError `not_found`. */
export async function requireProfile({ userId }: Self): Promise<Profile> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      email: true,
      name: true,
      role: true,
      passwordHash: true,
      systemPrompt: true,
      contextPolicy: true,
    },
  });
  if (user === null) throw new AppError("not_found");
  const { passwordHash, contextPolicy, ...profile } = user;
  return {
    ...profile,
    hasPassword: passwordHash !== null,
    contextPolicy: contextPolicySchema.nullable().catch(null).parse(contextPolicy),
  };
}

/** Changes what is given of the actor's own profile. */
export async function updateProfile(
  { userId }: Self,
  { name, locale, theme, systemPrompt, contextPolicy }: z.output<typeof profilePatchSchema>,
): Promise<void> {
  await db().user.updateMany({
    where: { id: userId },
    data: {
      ...(name === undefined ? {} : { name }),
      ...(locale === undefined ? {} : { locale }),
      ...(theme === undefined ? {} : { theme }),
      ...(systemPrompt === undefined ? {} : { systemPrompt }),
      ...(contextPolicy === undefined ? {} : { contextPolicy: contextPolicy ?? Prisma.DbNull }),
    },
  });
}

/** The actor's own password hash; null for an account that only signs in through OIDC. */
export async function getPasswordHash({ userId }: Self): Promise<string | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: { passwordHash: true },
  });
  return user?.passwordHash ?? null;
}

/**
 * Replaces the password, if it still is the one that was checked, and ends every session.
 *
 * @returns the new session version, or null when the password had changed meanwhile.
 */
export async function replacePassword(
  { userId }: Self,
  hashes: { from: string; to: string },
): Promise<number | null> {
  const [user] = await db().user.updateManyAndReturn({
    where: { id: userId, passwordHash: hashes.from, isActive: true },
    data: { passwordHash: hashes.to, sessionVersion: { increment: 1 } },
    select: { sessionVersion: true },
  });
  return user?.sessionVersion ?? null;
}

/** Ends every session of the actor, on every device. */
export async function endSessions({ userId }: Self): Promise<void> {
  await db().user.updateMany({
    where: { id: userId },
    data: { sessionVersion: { increment: 1 } },
  });
}
