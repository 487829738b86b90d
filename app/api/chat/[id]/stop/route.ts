import { stopQuerySchema } from "@/lib/contracts/chat";
import { idParamsSchema } from "@/lib/contracts/ids";
import { requireConversation } from "@/lib/server/db/conversations";
import { stopLiveAnswer } from "@/lib/server/generations/hub";
import { userRoute } from "@/lib/server/http/route";

export const POST = userRoute(
  { params: idParamsSchema, query: stopQuerySchema },
  async ({ actor, params, query }) => {
    await requireConversation(actor, params.id);
    await stopLiveAnswer(actor, params.id, query.generationId ?? null);
  },
);
