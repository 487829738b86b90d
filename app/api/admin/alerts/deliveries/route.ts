import { alertsQuerySchema } from "@/lib/contracts/alerts";
import { findDeliveries } from "@/lib/server/db/alert-log";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({ query: alertsQuerySchema }, ({ actor, query }) =>
  findDeliveries(actor, query),
);
