import { adminRoute } from "@/lib/server/http/route";
import { findFoundProviders } from "@/lib/server/providers/find-found";

export const GET = adminRoute({}, async ({ actor }) => ({
  found: await findFoundProviders(actor),
}));
