import { idParamsSchema } from "@/lib/contracts/ids";
import { modelPatchSchema } from "@/lib/contracts/providers";
import { deleteModel, updateModel } from "@/lib/server/db/models";
import { adminRoute } from "@/lib/server/http/route";

export const PATCH = adminRoute(
  { params: idParamsSchema, body: modelPatchSchema },
  ({ actor, params, body }) => updateModel(actor, params.id, body),
);

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  deleteModel(actor, params.id),
);
