import { usageFilterSchema } from "@/lib/contracts/usage-reports";
import { adminRoute } from "@/lib/server/http/route";
import { findDashboard } from "@/lib/server/reports/find-dashboard";

export const GET = adminRoute({ query: usageFilterSchema }, ({ actor, query }) =>
  findDashboard(actor, query),
);
