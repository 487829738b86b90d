import { planRequestSchema, type ContextPlanView } from "@/lib/contracts/context";
import { idParamsSchema } from "@/lib/contracts/ids";
import { limits } from "@/lib/contracts/limits";
import { userRoute } from "@/lib/server/http/route";
import { previewPlan } from "@/lib/server/turn/preview-plan";

export const POST = userRoute(
  { params: idParamsSchema, body: planRequestSchema, maxBytes: limits.chatBodyBytes },
  ({ actor, params, body }): Promise<ContextPlanView> => previewPlan(actor, params.id, body),
);
