import { dropSession } from "@/lib/server/auth/session";
import { endSessions } from "@/lib/server/db/profile";
import { publishSessionsEnded } from "@/lib/server/events/publish";
import { userRoute } from "@/lib/server/http/route";

/** Signs out everywhere, here too. */
export const DELETE = userRoute({}, async ({ actor }) => {
  await endSessions(actor);
  publishSessionsEnded(actor.userId);
  await dropSession();
});
