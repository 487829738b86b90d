import type { OwnBudgets } from "@/lib/contracts/budgets";
import { findOwnBudgets } from "@/lib/server/db/own-budgets";
import { userRoute } from "@/lib/server/http/route";

export const GET = userRoute({}, async ({ actor }): Promise<OwnBudgets> => ({
  budgets: await findOwnBudgets(actor),
}));
