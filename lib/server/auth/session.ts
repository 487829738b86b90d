import "server-only";
import { cookies } from "next/headers";
import { cookieOptions, sessionCookieName, sessionMaxAgeSeconds } from "./session-cookie";
import { writeSessionToken, type Session } from "./session-token";

/** Gives this browser a session. Only where cookies can be set: in a route handler. */
export async function startSession(session: Session): Promise<void> {
  const value = await writeSessionToken(session);
  const options = { ...cookieOptions(), maxAge: sessionMaxAgeSeconds };
  (await cookies()).set(sessionCookieName(), value, options);
}

/** Takes this browser's session cookie away. */
export async function dropSession(): Promise<void> {
  (await cookies()).set(sessionCookieName(), "", { ...cookieOptions(), maxAge: 0 });
}
