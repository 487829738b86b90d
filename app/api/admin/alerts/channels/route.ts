import { alertChannelCreateSchema } from "@/lib/contracts/alerts";
import { addChannel, listChannels } from "@/lib/server/alerts/manage-channels";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({}, ({ actor }) => listChannels(actor));

export const POST = adminRoute({ body: alertChannelCreateSchema }, ({ actor, body }) =>
  addChannel(actor, body),
);
