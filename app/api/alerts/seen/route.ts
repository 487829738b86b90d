import { seeAlerts } from "@/lib/server/alerts/see-alerts";
import { userRoute } from "@/lib/server/http/route";

export const POST = userRoute({}, ({ actor }) => seeAlerts(actor));
