import { summaryPatchSchema, summaryRequestSchema } from "@/lib/contracts/context";
import { idParamsSchema } from "@/lib/contracts/ids";
import { userRoute } from "@/lib/server/http/route";
import { changeSummary } from "@/lib/server/summaries/change-summary";
import { readSummary } from "@/lib/server/summaries/read-summary";
import { redoSummary } from "@/lib/server/summaries/redo-summary";

export const GET = userRoute({ params: idParamsSchema }, ({ actor, params }) =>
  readSummary(actor, params.id),
);

/** Room for the longest summary in UTF-8, with JSON escapes. */
const maxBytes = 256 * 1024;

export const PATCH = userRoute(
  { params: idParamsSchema, body: summaryPatchSchema, maxBytes },
  ({ actor, params, body }) => changeSummary(actor, params.id, body),
);

export const POST = userRoute(
  { params: idParamsSchema, body: summaryRequestSchema },
  ({ actor, params, body }) => redoSummary(actor, params.id, body),
);
