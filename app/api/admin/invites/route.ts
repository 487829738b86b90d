import { inviteCreateSchema } from "@/lib/contracts/accounts";
import { invite } from "@/lib/server/auth/invites";
import { findInvites } from "@/lib/server/db/invites";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({}, async ({ actor }) => ({ invites: await findInvites(actor) }));

export const POST = adminRoute({ body: inviteCreateSchema }, ({ actor, body }) =>
  invite(actor, body),
);
