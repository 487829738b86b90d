import "server-only";
import { cookies } from "next/headers";
import { decode } from "next-auth/jwt";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { findActiveUser } from "../db/users";
import { env } from "../env";
import { sessionCookieName } from "./session-cookie";

/**
 * Who the request's session cookie proves, or null. The cookie only names a user and a session
 * version; whether both still hold, and the role, is read from the database each time, so that
 * signing out everywhere, deactivation and demotion take effect at once.
 */
export async function findActor(): Promise<Actor | null> {
  const cookie = (await cookies()).get(sessionCookieName());
  if (cookie === undefined) return null;
  const token = await decode({ token: cookie.value, secret: env().sessionSecret }).catch(
    () => null,
  );
  const userId = token?.sub;
  const version = token?.["sessionVersion"];
  if (userId === undefined || typeof version !== "number") return null;
  const user = await findActiveUser({ system: "session" }, userId);
  if (user?.sessionVersion !== version) return null;
  return { userId: user.id, role: user.role };
}

/** @throws AppError `unauthorized` without a valid session. */
export async function requireActor(): Promise<Actor> {
  const actor = await findActor();
  if (actor === null) throw new AppError("unauthorized");
  return actor;
}
