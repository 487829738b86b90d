import { budgetCreateSchema } from "@/lib/contracts/budgets";
import { createBudget, findBudgets } from "@/lib/server/db/budgets";
import { adminRoute } from "@/lib/server/http/route";

export const GET = adminRoute({}, async ({ actor }) => ({ budgets: await findBudgets(actor) }));

export const POST = adminRoute({ body: budgetCreateSchema }, ({ actor, body }) =>
  createBudget(actor, body),
);
