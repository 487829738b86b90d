import { z } from "zod";
import { userPatchSchema } from "@/lib/contracts/accounts";
import { idSchema } from "@/lib/contracts/ids";
import { updateUser } from "@/lib/server/db/users";
import { adminRoute } from "@/lib/server/http/route";

const params = z.object({ id: idSchema });

export const PATCH = adminRoute({ params, body: userPatchSchema }, ({ actor, params, body }) =>
  updateUser(actor, params.id, body),
);
