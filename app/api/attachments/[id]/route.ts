import { idParamsSchema } from "@/lib/contracts/ids";
import { serveAttachment } from "@/lib/server/attachments/serve-attachment";
import { deleteAttachment } from "@/lib/server/db/attachments";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  serveAttachment(actor, params.id),
);

export const DELETE = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  deleteAttachment(actor, params.id),
);
