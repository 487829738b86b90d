import { z } from "zod";
import { idSchema } from "@/lib/contracts/ids";
import { providerPatchSchema } from "@/lib/contracts/providers";
import { adminRoute } from "@/lib/server/http/route";
import { changeProvider, removeProvider } from "@/lib/server/providers/manage-providers";

const params = z.object({ id: idSchema });

export const PATCH = adminRoute({ params, body: providerPatchSchema }, ({ actor, params, body }) =>
  changeProvider(actor, params.id, body),
);

export const DELETE = adminRoute({ params }, ({ actor, params }) =>
  removeProvider(actor, params.id),
);
