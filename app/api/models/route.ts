import { findModelOptions } from "@/lib/server/db/models";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({}, async ({ actor }) => ({ models: await findModelOptions(actor) }));
