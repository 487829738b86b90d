import "server-only";
import { cookies } from "next/headers";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { findActiveUser } from "../db/users";
import { sessionCookieName } from "./session-cookie";
import { readSessionToken } from "./session-token";

/**
 * Who the request's session cookie proves, or null. The cookie only names a user and a session
 * version; whether both still hold, and the role, is read from the database each time, so that
 * signing out everywhere, deactivation and demotion take effect at once.
 */
export async function findActor(): Promise<Actor | null> {
  const cookie = (await cookies()).get(sessionCookieName());
  const session = cookie && (await readSessionToken(cookie.value));
  if (!session) return null;
  const user = await findActiveUser({ system: "session" }, session.userId);
  if (user?.sessionVersion !== session.version) return null;
  return { userId: user.id, role: user.role };
}

/** @throws AppError `unauthorized` without a valid session. */
export async function requireActor(): Promise<Actor> {
  const actor = await findActor();
  if (actor === null) throw new AppError("unauthorized");
  return actor;
}
