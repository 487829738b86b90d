import { idParamsSchema } from "@/lib/contracts/ids";
import { userRoute } from "@/lib/server/http/route";
import { startSuccessor } from "@/lib/server/summaries/start-successor";

export const POST = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  startSuccessor(actor, params.id),
);
