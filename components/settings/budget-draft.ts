import type { Budget, BudgetCreate, BudgetUnit } from "@/lib/contracts/budgets";
import { readWholeNumber } from "@/lib/client/whole-number";
import { readMicros, writeMicros } from "./money";

/** What stands in the form of a budget. */
export type BudgetDraft = {
  name: string;
  scope: "instance" | "group" | "user" | "each_user";
  /** The group or person, where the scope names one. */
  subjectId: string;
  unit: BudgetUnit;
  period: Budget["period"];
  limit: string;
  isHard: boolean;
  allowsUnpriced: boolean;
};

export const emptyBudget: BudgetDraft = {
  ...{ name: "", scope: "instance", subjectId: "", unit: "CNY", period: "month", limit: "" },
  ...{ isHard: true, allowsUnpriced: false },
};

/** The limit as one types it; tokens by the piece, money in whole units. */
export function writeLimit(unit: BudgetUnit, limit: number): string {
  return unit === "tokens" ? String(limit) : writeMicros(limit);
}

/** The limit that was typed, in tokens or micro-units; null when it is none. */
export function readLimit(unit: BudgetUnit, text: string): number | null {
  const limit = unit === "tokens" ? readWholeNumber(text) : readMicros(text);
  return limit > 0 ? limit : null;
}

/** What is missing or wrong, by field. */
export function findProblems(draft: Pick<BudgetDraft, "name" | "unit" | "limit">) {
  return {
    isNameMissing: draft.name.trim() === "",
    isLimitWrong: readLimit(draft.unit, draft.limit) === null,
  };
}

/** The body of a request for a draft without problems; null with some. */
export function toBudget(draft: BudgetDraft): BudgetCreate | null {
  const { scope, subjectId, name, unit, period, isHard, allowsUnpriced } = draft;
  const limit = readLimit(unit, draft.limit);
  if (limit === null || name.trim() === "") return null;
  const fields = {
    ...{ name, unit, period, limit, isHard },
    allowsUnpriced: unit !== "tokens" && allowsUnpriced,
  };
  if (scope === "instance" || scope === "each_user") return { ...fields, scope };
  return subjectId === "" ? null : { ...fields, scope, subjectId };
}
