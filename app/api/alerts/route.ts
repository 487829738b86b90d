import { alertsQuerySchema } from "@/lib/contracts/alerts";
import { findAlerts } from "@/lib/server/db/alerts";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({ query: alertsQuerySchema }, ({ actor, query }) =>
  findAlerts(actor, query),
);
