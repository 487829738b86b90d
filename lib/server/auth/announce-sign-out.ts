import "server-only";
import { publishSignOut } from "../events/publish";
import { sessionCookieName } from "./session-cookie";
import { sessionKeyOf } from "./session-key";
import { readSessionToken } from "./session-token";

/** Ends what is still open for the session in these cookies, now that its browser signed out. */
export async function announceSignOut(cookies: Record<string, string>): Promise<void> {
  const cookie = cookies[sessionCookieName()];
  if (cookie === undefined) return;
  const session = await readSessionToken(cookie);
  if (session !== null) publishSignOut(session.userId, sessionKeyOf(cookie));
}
