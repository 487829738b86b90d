import "server-only";
import { env } from "../env";

/** How long a session lasts without a visit, in seconds. */
export const sessionMaxAgeSeconds = 30 * 24 * 60 * 60;

/** Whether cookies must only travel over https. */
export function isSecure(): boolean {
  return env().publicUrl.startsWith("https://");
}

/** The session cookie's name: `__Host-` where https makes that possible. */
export function sessionCookieName(): string {
  return isSecure() ? "__Host-parley.session" : "parley.session";
}
