import "server-only";
import type { z } from "zod";
import type { passwordChangeSchema } from "@/lib/contracts/accounts";
import { pairRule } from "@/lib/domain/accounts/throttle-rules";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { getPasswordHash, replacePassword } from "../db/profile";
import { forgetTries } from "../db/throttles";
import { hashPassword, verifyPassword } from "./password";
import type { Session } from "./session-token";
import { requireTry, throttleKey } from "./throttle";

/**
 * Changes the actor's password and ends all of their sessions. The current one is asked for, as
 * often as at a sign-in, so that a cookie alone is not enough.
 *
 * @returns the session that replaces the one that asked.
 * @throws AppError `wrong_password`, also for an account without a password, or `rate_limited`.
 */
export async function changePassword(
  actor: Actor,
  { currentPassword, newPassword }: z.output<typeof passwordChangeSchema>,
  now: Date = new Date(),
): Promise<Session> {
  const key = throttleKey("password", actor.userId);
  await requireTry(key, pairRule, "rate_limited", now);
  const from = await getPasswordHash(actor);
  const isRight = await verifyPassword(from, currentPassword);
  if (!isRight || from === null) throw new AppError("wrong_password");
  const version = await replacePassword(actor, { from, to: await hashPassword(newPassword) });
  if (version === null) throw new AppError("wrong_password");
  await forgetTries({ system: "password change" }, key);
  return { userId: actor.userId, version };
}
