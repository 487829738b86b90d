import "server-only";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "../env";
import { sessionMaxAgeSeconds } from "./session-cookie";

// The encryption key is derived from the secret and this salt. What NextAuth encrypts for other
// purposes (state, nonce, PKCE) has salts of its own, so none of it opens as a session.
const salt = "parley.session";

const payloadSchema = z.object({
  sub: z.string().min(1).max(64),
  sessionVersion: z.number().int(),
  iat: z.number(),
  exp: z.number(),
});

export type Session = { userId: string; version: number };

/** The value of a session cookie: a JWE (A256GCM) that names a user and a session version. */
export function writeSessionToken(session: Session): Promise<string> {
  return encode({
    token: { sub: session.userId, sessionVersion: session.version },
    secret: env().sessionSecret,
    maxAge: sessionMaxAgeSeconds,
    salt,
  });
}

/** What a session cookie says, with its age in seconds; null for anything that is not ours. */
export async function readSessionToken(
  value: string,
): Promise<(Session & { ageSeconds: number }) | null> {
  // Ours are about 300 characters of five parts; nothing longer is worth decrypting.
  if (value.length > 2000 || value.split(".").length !== 5) return null;
  const token = await decode({ token: value, secret: env().sessionSecret, salt }).catch(() => null);
  const payload = payloadSchema.safeParse(token);
  if (!payload.success) return null;
  const { sub, sessionVersion, iat } = payload.data;
  return { userId: sub, version: sessionVersion, ageSeconds: Date.now() / 1000 - iat };
}
