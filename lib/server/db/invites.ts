import "server-only";
import type { Invite } from "@/lib/contracts/accounts";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { requireAdmin } from "./require-admin";

const dayMs = 24 * 60 * 60 * 1000;
// More than anybody scrolls through; older ones have long expired.
const listedInvites = 200;

const inviteFields = {
  id: true,
  email: true,
  role: true,
  createdAt: true,
  expiresAt: true,
  usedAt: true,
} as const;

/** The latest invites of all admins, newest first. */
export async function findInvites(actor: Actor): Promise<Invite[]> {
  requireAdmin(actor);
  const rows = await db().invite.findMany({
    orderBy: { id: "desc" },
    take: listedInvites,
    select: inviteFields,
  });
  return rows.map(toInvite);
}

/** Stores an invite. @param tokenHash what hashInviteToken makes of the token that is shown. */
export async function createInvite(
  actor: Actor,
  given: {
    tokenHash: string;
    email?: string | undefined;
    role: Invite["role"];
    expiresInDays: number;
  },
  now: Date,
): Promise<Invite> {
  requireAdmin(actor);
  const row = await db().invite.create({
    data: {
      id: newId(),
      tokenHash: given.tokenHash,
      email: given.email ?? null,
      role: given.role,
      createdById: actor.userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + given.expiresInDays * dayMs),
    },
    select: inviteFields,
  });
  return toInvite(row);
}

/** Takes an invite back; its link is dead at once. @throws AppError `not_found`. */
export async function deleteInvite(actor: Actor, inviteId: string): Promise<void> {
  requireAdmin(actor);
  const { count } = await db().invite.deleteMany({ where: { id: inviteId } });
  if (count === 0) throw new AppError("not_found");
}

/** An invite that can still be used, for the page it leads to; null for any other. */
export async function findOpenInvite(_system: SystemActor, tokenHash: string, now: Date) {
  return db().invite.findFirst({
    where: {
      tokenHash,
      usedAt: null,
      expiresAt: { gt: now },
      createdBy: { role: "admin", isActive: true },
    },
    select: { email: true, role: true },
  });
}

type Row = Omit<Invite, "createdAt" | "expiresAt" | "usedAt"> & {
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
};

function toInvite({ createdAt, expiresAt, usedAt, ...invite }: Row): Invite {
  return {
    ...invite,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  };
}
