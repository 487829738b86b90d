import { groupPatchSchema } from "@/lib/contracts/groups";
import { idParamsSchema } from "@/lib/contracts/ids";
import { deleteGroup, updateGroup } from "@/lib/server/db/groups";
import { adminRoute } from "@/lib/server/http/route";

export const PATCH = adminRoute(
  { params: idParamsSchema, body: groupPatchSchema },
  ({ actor, params, body }) => updateGroup(actor, params.id, body),
);

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  deleteGroup(actor, params.id),
);
