import { passwordChangeSchema } from "@/lib/contracts/accounts";
import { changePassword } from "@/lib/server/auth/change-password";
import { startSession } from "@/lib/server/auth/session";
import { publishSessionsEnded } from "@/lib/server/events/publish";
import { userRoute } from "@/lib/server/http/route";

/** Changes the password: every other session ends, this one goes on. */
export const POST = userRoute({ body: passwordChangeSchema }, async ({ actor, body }) => {
  await startSession(await changePassword(actor, body));
  publishSessionsEnded(actor.userId);
});
