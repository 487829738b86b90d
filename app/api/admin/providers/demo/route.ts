import { adminRoute } from "@/lib/server/http/route";
import { enableDemo } from "@/lib/server/providers/manage-providers";

export const POST = adminRoute({}, ({ actor }) => enableDemo(actor));
