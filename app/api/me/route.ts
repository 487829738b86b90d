import { profilePatchSchema } from "@/lib/contracts/accounts";
import { requireProfile, updateProfile } from "@/lib/server/db/profile";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({}, ({ actor }) => requireProfile(actor));

export const PATCH = userRoute({ body: profilePatchSchema }, async ({ actor, body }) => {
  await updateProfile(actor, body);
  return requireProfile(actor);
});
