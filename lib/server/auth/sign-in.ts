import "server-only";
import { z } from "zod";
import { emailSchema } from "@/lib/contracts/accounts";
import { limits } from "@/lib/contracts/limits";
import { accountRule, addressRule, pairRule } from "@/lib/domain/accounts/throttle-rules";
import { AppError } from "@/lib/domain/errors/app-error";
import { findSignInUser } from "../db/accounts";
import { forgetTries, isKnownAddress, rememberAddress, takeTryBack } from "../db/throttles";
import { verifyPassword } from "./password";
import type { Session } from "./session-token";
import { requireTry, throttleKey } from "./throttle";

const system = { system: "sign-in" };

// Checked before any work is done: a megabyte of password is refused, not hashed.
const credentialsSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(limits.passwordMax),
});

/**
 * Proves who somebody is by e-mail address and password. Whether the address is unknown, the
 * password wrong or the account deactivated makes no difference to be seen or timed.
 *
 * @param credentials as they came from outside.
 * @param address the network subscriber, from lib/server/http/client-address.ts.
 * @throws AppError `sign_in_failed`, or `sign_in_throttled` with `retryAfterSeconds`.
 */
export async function signInWithPassword(
  credentials: unknown,
  address: string,
  now: Date = new Date(),
): Promise<Session> {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) throw new AppError("sign_in_failed");
  const { email, password } = parsed.data;
  const keys = {
    pair: throttleKey("sign-in-pair", email, address),
    account: throttleKey("sign-in-account", email),
    address: throttleKey("sign-in-address", address),
  };
  const isKnown = await isKnownAddress(system, keys.pair, now);
  await requireTry(keys.pair, pairRule, "sign_in_throttled", now);
  if (!isKnown) await requireTry(keys.account, accountRule, "sign_in_throttled", now);
  await requireTry(keys.address, addressRule, "sign_in_throttled", now);

  const user = await findSignInUser(system, email);
  const isRight = await verifyPassword(user?.passwordHash ?? null, password);
  if (!isRight || user?.isActive !== true) throw new AppError("sign_in_failed");

  await forgetTries(system, keys.pair);
  if (!isKnown) await takeTryBack(system, keys.account);
  await takeTryBack(system, keys.address);
  await rememberAddress(system, keys.pair, now);
  return { userId: user.id, version: user.sessionVersion };
}
