import "server-only";
import type { z } from "zod";
import type { InviteCreated, inviteCreateSchema } from "@/lib/contracts/accounts";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { createInvite, findOpenInvite } from "../db/invites";
import { env } from "../env";
import { hashInviteToken, newInviteToken } from "./invite-token";

/**
 * Makes an invite and the link that carries its token, at the configured public address.
 *
 * @throws AppError `signup_closed` where no invite would admit anybody.
 */
export async function invite(
  actor: Actor,
  given: z.output<typeof inviteCreateSchema>,
  now: Date = new Date(),
): Promise<InviteCreated> {
  if (env().SIGNUP === "closed") throw new AppError("signup_closed");
  const token = newInviteToken();
  const tokenHash = hashInviteToken(token);
  const url = new URL("/register", env().publicUrl);
  url.searchParams.set("invite", token);
  return { invite: await createInvite(actor, { ...given, tokenHash }, now), url: url.href };
}

/**
 * What the page of an invite link may show: the address it is bound to, if any. Null when the
 * link admits nobody.
 */
export async function readInvite(
  token: string,
  now: Date = new Date(),
): Promise<{ email: string | null } | null> {
  if (env().SIGNUP === "closed") return null;
  const found = await findOpenInvite({ system: "invite page" }, hashInviteToken(token), now);
  return found && { email: found.email };
}
