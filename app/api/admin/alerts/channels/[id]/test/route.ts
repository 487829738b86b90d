import { idParamsSchema } from "@/lib/contracts/ids";
import { testChannel } from "@/lib/server/alerts/manage-channels";
import { adminRoute } from "@/lib/server/http/route";

export const POST = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  testChannel(actor, params.id),
);
