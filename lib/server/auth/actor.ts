import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { findActiveUser } from "../db/users";
import { startSession } from "./session";
import { sessionCookieName } from "./session-cookie";
import { sessionKeyOf } from "./session-key";
import { readSessionToken } from "./session-token";

// A session that is used lives on: its cookie is written anew once a day.
const renewAfterSeconds = 24 * 60 * 60;

/**
 * Who the request's session cookie proves, or null. The cookie only names a user and a session
 * version; whether both still hold, and the role, is read from the database each time, so that
 * signing out everywhere, deactivation and demotion take effect at once.
 */
export async function findActor(): Promise<Actor | null> {
  return (await findSession())?.actor ?? null;
}

/**
 * Who sent an API request; prolongs the session where it is due.
 *
 * @throws AppError `unauthorized` without a valid session.
 */
export async function requireActor(): Promise<Actor> {
  const session = await findSession();
  if (session === null) throw new AppError("unauthorized");
  const { actor, version, ageSeconds } = session;
  if (ageSeconds > renewAfterSeconds) await startSession({ userId: actor.userId, version });
  return actor;
}

/**
 * What of this request's session outlives it, for a stream that has to end with the session; the
 * actor is proven before.
 *
 * @throws AppError `unauthorized` without a session.
 */
export async function requireStreamSession() {
  const cookie = (await cookies()).get(sessionCookieName());
  const session = cookie && (await readSessionToken(cookie.value));
  if (!session) throw new AppError("unauthorized");
  const { userId, version } = session;
  return { userId, version, sessionKey: sessionKeyOf(cookie.value) };
}

/**
 * The proven session of this request, with the account it belongs to; null without one. Layout and
 * page of one rendering share the answer.
 */
export const findSession = cache(async () => {
  const cookie = (await cookies()).get(sessionCookieName());
  const session = cookie && (await readSessionToken(cookie.value));
  if (!session) return null;
  const user = await findActiveUser({ system: "session" }, session.userId);
  if (user?.sessionVersion !== session.version) return null;
  const actor: Actor = { userId: user.id, role: user.role };
  return { actor, user, version: session.version, ageSeconds: session.ageSeconds };
});
