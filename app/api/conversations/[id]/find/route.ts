import { idParamsSchema } from "@/lib/contracts/ids";
import { findQuerySchema } from "@/lib/contracts/messages";
import { findInConversation } from "@/lib/server/db/find-in-conversation";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute(
  { params: idParamsSchema, query: findQuerySchema },
  ({ actor, params, query }) => findInConversation(actor, params.id, query.query),
);
