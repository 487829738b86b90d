import { findMemberProviders } from "@/lib/server/db/provider-keys";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({}, async ({ actor }) => ({
  providers: await findMemberProviders(actor),
}));
