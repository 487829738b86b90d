import { idParamsSchema } from "@/lib/contracts/ids";
import { limits } from "@/lib/contracts/limits";
import { messagePatchSchema } from "@/lib/contracts/messages";
import { changeMessage } from "@/lib/server/conversations/change-message";
import { removeMessage } from "@/lib/server/conversations/remove-message";
import { userRoute } from "@/lib/server/http/route";

export const PATCH = userRoute(
  { params: idParamsSchema, body: messagePatchSchema, maxBytes: limits.chatBodyBytes },
  ({ actor, params, body }) => changeMessage(actor, params.id, body),
);

export const DELETE = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  removeMessage(actor, params.id),
);
