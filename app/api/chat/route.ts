import { chatTurnSchema } from "@/lib/contracts/chat";
import { limits } from "@/lib/contracts/limits";
import { userRoute } from "@/lib/server/http/route";
import { streamTurn } from "@/lib/server/turn/stream-turn";

export const POST = userRoute(
  { body: chatTurnSchema, maxBytes: limits.chatBodyBytes },
  ({ actor, body }) => streamTurn(actor, body),
);
