import { callApi } from "@/lib/client/api";
import {
  budgetsSchema,
  type Budget,
  type BudgetCreate,
  type BudgetPatch,
} from "@/lib/contracts/budgets";

const root = "/api/admin/budgets";

export async function readBudgets(): Promise<Budget[]> {
  return (await callApi("GET", root, { schema: budgetsSchema })).budgets;
}

export function createBudget(body: BudgetCreate): Promise<undefined> {
  return callApi("POST", root, { body });
}

export function patchBudget(id: string, body: BudgetPatch): Promise<undefined> {
  return callApi("PATCH", `${root}/${id}`, { body });
}

export function deleteBudget(id: string): Promise<undefined> {
  return callApi("DELETE", `${root}/${id}`);
}
