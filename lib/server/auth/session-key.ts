import "server-only";
import { createHash } from "node:crypto";

/** Tells one session of an account from another, without being of use to whoever reads it. */
export function sessionKeyOf(cookie: string): string {
  return createHash("sha256").update(cookie).digest("base64url");
}
