import { modelCreateSchema } from "@/lib/contracts/providers";
import { findModels } from "@/lib/server/db/models";
import { adminRoute } from "@/lib/server/http/route";
import { addModel } from "@/lib/server/providers/manage-models";

export const GET = adminRoute({}, async ({ actor }) => ({ models: await findModels(actor) }));

export const POST = adminRoute({ body: modelCreateSchema }, ({ actor, body }) =>
  addModel(actor, body),
);
