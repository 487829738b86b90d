import { adminRoute } from "@/lib/server/http/route";
import { listModelPrices } from "@/lib/server/providers/model-prices";

export const GET = adminRoute({}, async ({ actor }) => ({ models: await listModelPrices(actor) }));
