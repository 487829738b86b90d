import { idParamsSchema } from "@/lib/contracts/ids";
import { parameterPresetPatchSchema } from "@/lib/contracts/parameters";
import { deleteParameterPreset, updateParameterPreset } from "@/lib/server/db/parameter-presets";
import { userRoute } from "@/lib/server/http/route";

export const PATCH = userRoute(
  { params: idParamsSchema, body: parameterPresetPatchSchema },
  ({ actor, params, body }) => updateParameterPreset(actor, params.id, body),
);

export const DELETE = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  deleteParameterPreset(actor, params.id),
);
