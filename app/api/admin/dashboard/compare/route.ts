import { compareQuerySchema } from "@/lib/contracts/usage-reports";
import { adminRoute } from "@/lib/server/http/route";
import { compareUsage } from "@/lib/server/reports/compare-usage";

export const GET = adminRoute({ query: compareQuerySchema }, ({ actor, query }) =>
  compareUsage(actor, query),
);
