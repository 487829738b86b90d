import { idParamsSchema } from "@/lib/contracts/ids";
import { modelPatchSchema } from "@/lib/contracts/providers";
import { deleteModel } from "@/lib/server/db/models";
import { adminRoute } from "@/lib/server/http/route";
import { changeModel } from "@/lib/server/providers/manage-models";

export const PATCH = adminRoute(
  { params: idParamsSchema, body: modelPatchSchema },
  ({ actor, params, body }) => changeModel(actor, params.id, body),
);

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  deleteModel(actor, params.id),
);
