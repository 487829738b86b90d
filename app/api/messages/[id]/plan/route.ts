import type { AnswerPlan } from "@/lib/contracts/context";
import { idParamsSchema } from "@/lib/contracts/ids";
import { readAnswerPlan } from "@/lib/server/db/answer-plan";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute(
  { params: idParamsSchema },
  async ({ actor, params }): Promise<AnswerPlan> => ({
    plan: await readAnswerPlan(actor, params.id),
  }),
);
