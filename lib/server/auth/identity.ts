import "server-only";
import { z } from "zod";
import { emailSchema } from "@/lib/contracts/accounts";
import { limits } from "@/lib/contracts/limits";
import { lineText } from "@/lib/contracts/text";
import { AppError } from "@/lib/domain/errors/app-error";
import { createAccount, findIdentityUser } from "../db/accounts";
import { env } from "../env";
import type { Session } from "./session-token";

const system = { system: "sso" };

const claimsSchema = z.object({
  iss: z.string().min(1).max(1000),
  sub: z.string().min(1).max(255),
});

const personSchema = z.object({
  email: emailSchema,
  email_verified: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
  name: lineText(limits.nameCharacters).optional().catch(undefined),
});

/**
 * Signs in whoever the checked claims of an ID token name. An account belongs to (issuer, subject)
 * and to nothing else: an e-mail address, verified or not, never opens an account that is there
 * already, since whoever runs the issuer's mail could then take over any account, the admin's too.
 * Whoever has an account with a password goes on using that.
 *
 * A subject seen for the first time gets an account as SIGNUP says. With `invite`, an invite for
 * just this address admits, if the issuer has verified the address.
 *
 * @throws AppError `sso_failed`, `signup_closed`, `invite_invalid` or `email_taken`.
 */
export async function signInWithIdentity(claims: unknown, now = new Date()): Promise<Session> {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) throw new AppError("sso_failed");
  const identity = { issuer: parsed.data.iss, subject: parsed.data.sub };
  const user =
    (await findIdentityUser(system, identity)) ?? (await registerIdentity(identity, claims, now));
  if (user?.isActive !== true) throw new AppError("sso_failed");
  return { userId: user.id, version: user.sessionVersion };
}

async function registerIdentity(
  identity: { issuer: string; subject: string },
  claims: unknown,
  now: Date,
) {
  const person = personSchema.safeParse(claims);
  if (!person.success) throw new AppError("sso_failed");
  const { email, email_verified: verified, name } = person.data;
  // Issuers that verify every address often leave the claim out; an explicit "no" is a no.
  if (String(verified) === "false") throw new AppError("sso_failed");
  const isInvitable = env().SIGNUP === "invite" && String(verified) === "true";
  await createAccount(
    system,
    { email, name: name ?? email.split("@")[0] ?? email, passwordHash: null, identity },
    { mode: env().SIGNUP, invite: isInvitable ? { verifiedEmail: email } : null, now },
  );
  return findIdentityUser(system, identity);
}
