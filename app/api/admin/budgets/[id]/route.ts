import { budgetPatchSchema } from "@/lib/contracts/budgets";
import { idParamsSchema } from "@/lib/contracts/ids";
import { deleteBudget, updateBudget } from "@/lib/server/db/budgets";
import { adminRoute } from "@/lib/server/http/route";

export const PATCH = adminRoute(
  { params: idParamsSchema, body: budgetPatchSchema },
  ({ actor, params, body }) => updateBudget(actor, params.id, body),
);

export const DELETE = adminRoute({ params: idParamsSchema }, ({ actor, params }) =>
  deleteBudget(actor, params.id),
);
