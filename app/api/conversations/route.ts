import { conversationsQuerySchema } from "@/lib/contracts/conversations";
import { findConversations } from "@/lib/server/db/conversations";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({ query: conversationsQuerySchema }, ({ actor, query }) =>
  findConversations(actor, query),
);
