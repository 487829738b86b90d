import { adminRoute } from "@/lib/server/http/route";
import { findModelHealth } from "@/lib/server/providers/model-health";

export const GET = adminRoute({}, async ({ actor }) => ({ health: await findModelHealth(actor) }));
