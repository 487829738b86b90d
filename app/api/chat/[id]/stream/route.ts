import { streamQuerySchema } from "@/lib/contracts/chat";
import { idParamsSchema } from "@/lib/contracts/ids";
import { userRoute } from "@/lib/server/http/route";
import { resumeTurn } from "@/lib/server/turn/stream-turn";

export const GET = userRoute(
  { params: idParamsSchema, query: streamQuerySchema },
  async ({ actor, params, query }) =>
    (await resumeTurn(actor, params.id, query.messageId ?? null)) ?? undefined,
);
