import { conversationPatchSchema } from "@/lib/contracts/conversations";
import { idParamsSchema } from "@/lib/contracts/ids";
import { changeConversation } from "@/lib/server/conversations/change-conversation";
import { requireWholeConversation } from "@/lib/server/db/conversations";
import { userRoute } from "@/lib/server/http/route";
import { removeConversation } from "@/lib/server/turn/remove-conversation";

export const GET = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  requireWholeConversation(actor, params.id),
);

export const PATCH = userRoute(
  { params: idParamsSchema, body: conversationPatchSchema },
  ({ actor, params, body }) => changeConversation(actor, params.id, body),
);

export const DELETE = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  removeConversation(actor, params.id),
);
