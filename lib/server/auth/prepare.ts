import "server-only";
import { verifyPassword } from "./password";

/**
 * Readies sign-in, once at start: the hash that unknown addresses are checked against exists before
 * the first of them, which must take no longer than the second.
 */
export async function prepareAuth(): Promise<void> {
  await verifyPassword(null, "");
}
