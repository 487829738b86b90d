import { idParamsSchema } from "@/lib/contracts/ids";
import { messagesQuerySchema } from "@/lib/contracts/messages";
import { findMessages } from "@/lib/server/db/messages";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute(
  { params: idParamsSchema, query: messagesQuerySchema },
  ({ actor, params, query }) => findMessages(actor, params.id, query),
);
