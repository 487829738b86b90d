import { alertChannelPatchSchema } from "@/lib/contracts/alerts";
import { idParamsSchema } from "@/lib/contracts/ids";
import { changeChannel, removeChannel } from "@/lib/server/alerts/manage-channels";
import { adminRoute } from "@/lib/server/http/route";

export const PATCH = adminRoute(
  { params: idParamsSchema, body: alertChannelPatchSchema },
  ({ actor, params, body }) => changeChannel(actor, params.id, body),
);

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  removeChannel(actor, params.id),
);
