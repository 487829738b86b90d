import { usageQuerySchema } from "@/lib/contracts/usage-reports";
import { userRoute } from "@/lib/server/http/route";
import { csvResponse } from "@/lib/server/reports/csv-response";
import { findUsage } from "@/lib/server/reports/find-usage";

export const GET = userRoute({ query: usageQuerySchema }, async ({ actor, query }) => {
  const report = await findUsage(actor, query);
  return query.format === "csv" ? csvResponse(report) : report;
});
