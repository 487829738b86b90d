import { idParamsSchema } from "@/lib/contracts/ids";
import { providerKeyCreateSchema } from "@/lib/contracts/providers";
import { adminRoute } from "@/lib/server/http/route";
import { addProviderKey } from "@/lib/server/providers/manage-keys";

export const POST = adminRoute(
  { params: idParamsSchema, body: providerKeyCreateSchema },
  ({ actor, params, body }) => addProviderKey(actor, params.id, body),
);
