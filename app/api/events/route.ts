import { requireStreamSession } from "@/lib/server/auth/actor";
import { accountStreamHeaders, streamAccountEvents } from "@/lib/server/events/account-stream";
import { userRoute } from "@/lib/server/http/route";

/** The account's events as they happen; see lib/contracts/events.ts. */
export const GET = userRoute(
  {},
  async () =>
    new Response(streamAccountEvents(await requireStreamSession()), {
      headers: accountStreamHeaders,
    }),
);
