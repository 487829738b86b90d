import { idParamsSchema } from "@/lib/contracts/ids";
import { memberKeySchema } from "@/lib/contracts/providers";
import { userRoute } from "@/lib/server/http/route";
import { removeMemberKey, saveMemberKey } from "@/lib/server/providers/member-keys";

export const PUT = userRoute(
  { params: idParamsSchema, body: memberKeySchema },
  ({ actor, params, body }) => saveMemberKey(actor, params.id, body),
);

export const DELETE = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  removeMemberKey(actor, params.id),
);
