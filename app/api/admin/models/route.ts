import { modelCreateSchema } from "@/lib/contracts/providers";
import { createModel, findModels } from "@/lib/server/db/models";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({}, async ({ actor }) => ({ models: await findModels(actor) }));

export const POST = adminRoute({ body: modelCreateSchema }, ({ actor, body }) =>
  createModel(actor, body),
);
