import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Role } from "@/generated/prisma/enums";
import { decideSignUp, type SignUpMode } from "@/lib/domain/accounts/sign-up";
import type { SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { lockAccounts } from "./lock-accounts";

/** What a sign-in by password needs, active or not; null when nobody has that address. */
export async function findSignInUser(_system: SystemActor, email: string) {
  return db().user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, isActive: true, sessionVersion: true },
  });
}

export type NewAccount = {
  /** Normalised by emailSchema. */
  email: string;
  name: string;
  passwordHash: string | null;
  /** The sign-in at an OIDC issuer that the account is made for. */
  identity?: { issuer: string; subject: string };
};

/** How a new account shows its invite: by the token's hash, or by an address proven otherwise. */
export type InviteProof = { tokenHash: string } | { verifiedEmail: string };

type SignUp = { mode: SignUpMode; invite: InviteProof | null; now: Date };

/**
 * Makes an account as the mode of sign-up says, in one transaction under one lock: of any number
 * of parallel first accounts one becomes the admin, and an invite admits once. When anything
 * fails, the invite stays as it was.
 *
 * @returns the id of the new user.
 * @throws AppError `signup_closed`, `invite_invalid` or `email_taken`.
 */
export async function createAccount(
  _system: SystemActor,
  account: NewAccount,
  signUp: SignUp,
): Promise<string> {
  const id = newId();
  await lockAccounts(async (tx) => {
    await insertUser(tx, id, account, await decideRole(tx, { id, email: account.email }, signUp));
  });
  return id;
}

async function decideRole(
  tx: Prisma.TransactionClient,
  user: { id: string; email: string },
  { mode, invite, now }: SignUp,
): Promise<Role> {
  const isFirst = (await tx.user.findFirst({ select: { id: true } })) === null;
  const decision = decideSignUp({ isFirst, mode, hasInvite: invite !== null });
  if (decision.kind === "refuse") throw new AppError(decision.code);
  if (decision.kind !== "redeem") return decision.kind;
  if (invite === null) throw new AppError("invite_invalid");
  return redeemInvite(tx, invite, { userId: user.id, email: user.email, now });
}

/**
 * Makes the first account, an admin, unless there is one already.
 *
 * @returns its id, or null when somebody was there before.
 */
export async function createFirstAccount(
  _system: SystemActor,
  account: NewAccount,
): Promise<string | null> {
  return lockAccounts(async (tx) => {
    if ((await tx.user.findFirst({ select: { id: true } })) !== null) return null;
    const id = newId();
    await insertUser(tx, id, account, "admin");
    return id;
  });
}

/** Makes an account past all rules, for whoever has the server's terminal. @throws AppError `email_taken`. */
export async function createAccountWithRole(
  _system: SystemActor,
  account: NewAccount,
  role: Role,
): Promise<string> {
  return lockAccounts(async (tx) => {
    const id = newId();
    await insertUser(tx, id, account, role);
    return id;
  });
}

async function insertUser(
  tx: Prisma.TransactionClient,
  id: string,
  { email, name, passwordHash, identity }: NewAccount,
  role: Role,
): Promise<void> {
  // Asked first, since a violated constraint would end the transaction with it; the lock makes
  // the answer hold.
  const taken = await tx.user.findUnique({ where: { email }, select: { id: true } });
  if (taken !== null) throw new AppError("email_taken");
  await tx.user.create({
    data: {
      id,
      email,
      name,
      passwordHash,
      role,
      ...(identity === undefined ? {} : { accounts: { create: { id: newId(), ...identity } } }),
    },
  });
}

/** Uses an invite up. It is good while it is unused, in time, and its maker is still an admin. */
async function redeemInvite(
  tx: Prisma.TransactionClient,
  proof: InviteProof,
  by: { userId: string; email: string; now: Date },
): Promise<Role> {
  const isMeant =
    "tokenHash" in proof
      ? Prisma.sql`invite.token_hash = ${proof.tokenHash} AND (invite.email IS NULL OR invite.email = ${by.email})`
      : Prisma.sql`invite.email = ${proof.verifiedEmail}`;
  const at = by.now.toISOString();
  const [redeemed] = await tx.$queryRaw<{ role: Role }[]>`
    UPDATE invites SET used_at = ${at}::timestamptz, used_by_id = ${by.userId}
    WHERE id = (
      SELECT invite.id FROM invites AS invite
      JOIN users AS maker ON maker.id = invite.created_by_id
      WHERE ${isMeant} AND invite.used_at IS NULL AND invite.expires_at > ${at}::timestamptz
        AND maker.role = 'admin' AND maker.is_active
      ORDER BY invite.created_at DESC LIMIT 1
    )
    RETURNING role::text AS role`;
  if (redeemed === undefined) throw new AppError("invite_invalid");
  return redeemed.role;
}

/** The user that a sign-in at an OIDC issuer belongs to, active or not. */
export async function findIdentityUser(
  _system: SystemActor,
  { issuer, subject }: { issuer: string; subject: string },
) {
  const account = await db().account.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: { select: { id: true, isActive: true, sessionVersion: true } } },
  });
  return account?.user ?? null;
}
