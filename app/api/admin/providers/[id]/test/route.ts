import { diagnosisRequestSchema } from "@/lib/contracts/diagnosis";
import { idParamsSchema } from "@/lib/contracts/ids";
import { adminRoute } from "@/lib/server/http/route";
import { startDiagnosis } from "@/lib/server/models/diagnosis/diagnose-provider";
import { finishDiagnosis, streamDiagnosis } from "@/lib/server/models/diagnosis/diagnosis-stream";

export const POST = adminRoute(
  { params: idParamsSchema, body: diagnosisRequestSchema },
  async ({ actor, params, body, request }) => {
    const leaving = new AbortController();
    request.signal.addEventListener("abort", () => {
      leaving.abort();
    });
    const run = await startDiagnosis(actor, params.id, body, leaving.signal);
    const wantsEvents = request.headers.get("accept")?.includes("text/event-stream") === true;
    return wantsEvents ? streamDiagnosis(run, leaving) : finishDiagnosis(run, leaving.signal);
  },
);
