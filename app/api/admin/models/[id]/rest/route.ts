import { idParamsSchema } from "@/lib/contracts/ids";
import { adminRoute } from "@/lib/server/http/route";
import { endRest } from "@/lib/server/providers/model-health";

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  endRest(actor, params.id),
);
