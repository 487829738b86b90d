import { idParamsSchema } from "@/lib/contracts/ids";
import { requireConversation } from "@/lib/server/db/conversations";
import { userRoute } from "@/lib/server/http/route";
import { resumeTurn } from "@/lib/server/turn/stream-turn";

export const GET = userRoute({ params: idParamsSchema }, async ({ actor, params }) => {
  await requireConversation(actor, params.id);
  return resumeTurn(actor, params.id) ?? undefined;
});
