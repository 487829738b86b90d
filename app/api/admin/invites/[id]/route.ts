import { idParamsSchema } from "@/lib/contracts/ids";
import { deleteInvite } from "@/lib/server/db/invites";
import { adminRoute } from "@/lib/server/http/route";

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  deleteInvite(actor, params.id),
);
