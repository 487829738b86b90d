import { idParamsSchema, idSchema } from "@/lib/contracts/ids";
import { providerKeyPatchSchema } from "@/lib/contracts/providers";
import { adminRoute } from "@/lib/server/http/route";
import { changeProviderKey, removeProviderKey } from "@/lib/server/providers/manage-keys";

const params = idParamsSchema.extend({ keyId: idSchema });

export const PATCH = adminRoute(
  { params, body: providerKeyPatchSchema },
  ({ actor, params: { id, keyId }, body }) =>
    changeProviderKey(actor, { providerId: id, keyId }, body),
);

export const DELETE = adminRoute({ params }, ({ actor, params: { id, keyId } }) =>
  removeProviderKey(actor, { providerId: id, keyId }),
);
