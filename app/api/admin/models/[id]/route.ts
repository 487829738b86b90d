import { z } from "zod";
import { idSchema } from "@/lib/contracts/ids";
import { modelPatchSchema } from "@/lib/contracts/providers";
import { deleteModel, updateModel } from "@/lib/server/db/models";
import { adminRoute } from "@/lib/server/http/route";

const params = z.object({ id: idSchema });

export const PATCH = adminRoute({ params, body: modelPatchSchema }, ({ actor, params, body }) =>
  updateModel(actor, params.id, body),
);

export const DELETE = adminRoute({ params }, ({ actor, params }) => deleteModel(actor, params.id));
