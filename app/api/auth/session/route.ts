import { findSession } from "@/lib/server/auth/actor";
import { sessionMaxAgeSeconds } from "@/lib/server/auth/session-cookie";
import { publicRoute } from "@/lib/server/http/route";

/** The session in NextAuth's shape; an empty object without one. */
export const GET = publicRoute({}, async () => {
  const session = await findSession();
  if (session === null) return {};
  const { id, name, email, role } = session.user;
  const leftMs = (sessionMaxAgeSeconds - session.ageSeconds) * 1000;
  return { user: { id, name, email, role }, expires: new Date(Date.now() + leftMs).toISOString() };
});
