import { idParamsSchema } from "@/lib/contracts/ids";
import { startFromMessage } from "@/lib/server/conversations/start-from-message";
import { userRoute } from "@/lib/server/http/route";

export const POST = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  startFromMessage(actor, params.id),
);
