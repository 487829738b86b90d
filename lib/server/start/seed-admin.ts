import "server-only";
import { emailSchema } from "@/lib/contracts/accounts";
import { hashPassword } from "../auth/password";
import { createFirstAccount } from "../db/accounts";
import { hasUsers } from "../db/users";
import { env } from "../env";
import { logger } from "../logger";

/** Makes the first admin from ADMIN_EMAIL and ADMIN_PASSWORD while there is no account at all. */
export async function seedAdmin(): Promise<void> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = env();
  if (ADMIN_EMAIL === undefined || ADMIN_PASSWORD === undefined) return;
  const system = { system: "start" };
  // Hashing is slow on purpose; not at every start.
  if (await hasUsers(system)) return;
  const email = emailSchema.parse(ADMIN_EMAIL);
  const userId = await createFirstAccount(system, {
    email,
    name: email.split("@")[0] ?? email,
    passwordHash: await hashPassword(ADMIN_PASSWORD),
  });
  if (userId !== null) logger().info({ userId }, "first admin made from the environment");
}
