import { groupCreateSchema } from "@/lib/contracts/groups";
import { createGroup, findGroups } from "@/lib/server/db/groups";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({}, async ({ actor }) => ({ groups: await findGroups(actor) }));

export const POST = adminRoute({ body: groupCreateSchema }, ({ actor, body }) =>
  createGroup(actor, body),
);
