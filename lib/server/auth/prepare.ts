import "server-only";
import { publishAuthUrl } from "../env";
import { verifyPassword } from "./password";

/**
 * Readies sign-in, once at start: NextAuth builds its links from the configured public address and
 * never from a request's headers, and the first unknown address takes no longer than the second.
 */
export async function prepareAuth(): Promise<void> {
  publishAuthUrl();
  await verifyPassword(null, "");
}
