import { idParamsSchema } from "@/lib/contracts/ids";
import { providerPatchSchema } from "@/lib/contracts/providers";
import { adminRoute } from "@/lib/server/http/route";
import { changeProvider, removeProvider } from "@/lib/server/providers/manage-providers";

export const PATCH = adminRoute(
  { params: idParamsSchema, body: providerPatchSchema },
  ({ actor, params, body }) => changeProvider(actor, params.id, body),
);

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  removeProvider(actor, params.id),
);
