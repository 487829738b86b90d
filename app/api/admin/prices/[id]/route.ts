import { idParamsSchema } from "@/lib/contracts/ids";
import { withdrawPriceVersion } from "@/lib/server/db/prices";
import { adminRoute } from "@/lib/server/http/route";

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  withdrawPriceVersion(actor, params.id),
);
