import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** A new invite token: 256 random bits, safe in a URL. Shown once, stored as its hash. */
export function newInviteToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of an invite token: SHA-256, hex. Enough for a value that can't be guessed. */
export function hashInviteToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
