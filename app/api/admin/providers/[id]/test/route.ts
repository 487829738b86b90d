import { idParamsSchema } from "@/lib/contracts/ids";
import { adminRoute } from "@/lib/server/http/route";
import { testProvider } from "@/lib/server/providers/test-connection";

export const POST = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  testProvider(actor, params.id),
);
