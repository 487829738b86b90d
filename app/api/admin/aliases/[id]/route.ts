import { aliasPatchSchema } from "@/lib/contracts/aliases";
import { idParamsSchema } from "@/lib/contracts/ids";
import { deleteAlias, updateAlias } from "@/lib/server/db/aliases";
import { adminRoute } from "@/lib/server/http/route";

export const PATCH = adminRoute(
  { params: idParamsSchema, body: aliasPatchSchema },
  ({ actor, params, body }) => updateAlias(actor, params.id, body),
);

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  deleteAlias(actor, params.id),
);
