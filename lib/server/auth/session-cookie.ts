import "server-only";
import { env } from "../env";

/** How long a session lasts without a visit, in seconds. */
export const sessionMaxAgeSeconds = 30 * 24 * 60 * 60;

/** Whether cookies must only travel over https. */
export function isSecure(): boolean {
  return env().publicUrl.startsWith("https://");
}

/** A cookie's name: `__Host-` where https makes that possible. */
export function cookieName(name: string): string {
  return isSecure() ? `__Host-${name}` : name;
}

export function sessionCookieName(): string {
  return cookieName("parley.session");
}

/** What every cookie of an account has in common. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
}
