import { modelsAddSchema } from "@/lib/contracts/discovery";
import { idParamsSchema } from "@/lib/contracts/ids";
import { adminRoute } from "@/lib/server/http/route";
import { addModels, discoverModels } from "@/lib/server/providers/discover-models";

export const GET = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  discoverModels(actor, params.id),
);

export const POST = adminRoute(
  { params: idParamsSchema, body: modelsAddSchema },
  async ({ actor, params, body }) => ({ models: await addModels(actor, params.id, body.names) }),
);
