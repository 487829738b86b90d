import { userPatchSchema } from "@/lib/contracts/accounts";
import { idParamsSchema } from "@/lib/contracts/ids";
import { updateUser } from "@/lib/server/db/users";
import { publishSessionsEnded } from "@/lib/server/events/publish";
import { stopAnswersOf } from "@/lib/server/generations/hub";
import { adminRoute } from "@/lib/server/http/route";

export const PATCH = adminRoute(
  { params: idParamsSchema, body: userPatchSchema },
  async ({ actor, params, body }) => {
    const user = await updateUser(actor, params.id, body);
    publishSessionsEnded(user.id);
    if (!user.isActive) stopAnswersOf(user.id);
    return user;
  },
);
