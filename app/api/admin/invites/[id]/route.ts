import { z } from "zod";
import { idSchema } from "@/lib/contracts/ids";
import { deleteInvite } from "@/lib/server/db/invites";
import { adminRoute } from "@/lib/server/http/route";

const params = z.object({ id: idSchema });

export const DELETE = adminRoute({ params }, ({ actor, params }) =>
  deleteInvite(actor, params.id),
);
