import "server-only";
import type { z } from "zod";
import type { Profile, registerSchema } from "@/lib/contracts/accounts";
import { registrationRule } from "@/lib/domain/accounts/throttle-rules";
import { createAccount } from "../db/accounts";
import { requireProfile } from "../db/profile";
import { env } from "../env";
import { hashInviteToken } from "./invite-token";
import { hashPassword } from "./password";
import { requireTry, throttleKey } from "./throttle";

const system = { system: "registration" };

/**
 * Makes an account as SIGNUP says: the first one is the admin, later ones are members or what
 * their invite says.
 *
 * @param address the network subscriber; a flood of registrations from it is refused.
 * @throws AppError `rate_limited`, `signup_closed`, `invite_invalid` or `email_taken`.
 */
export async function register(
  { email, name, password, invite }: z.output<typeof registerSchema>,
  address: string,
  now: Date = new Date(),
): Promise<Profile> {
  const key = throttleKey("register", address);
  await requireTry(key, registrationRule, "rate_limited", now);
  const passwordHash = await hashPassword(password);
  const userId = await createAccount(
    system,
    { email, name, passwordHash },
    {
      mode: env().SIGNUP,
      invite: invite ? { tokenHash: hashInviteToken(invite) } : null,
      now,
    },
  );
  return requireProfile({ userId });
}
