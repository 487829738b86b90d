import type { ReasoningEffort } from "@/lib/contracts/parameters";
import type { EffortFields } from "./dialect-form";

/** Tokens that thoughts may take; what is not named here may take all that the model allows. */
const budgets: Partial<Record<ReasoningEffort, number>> = {
  minimal: 512,
  low: 2_048,
  medium: 8_192,
};

/** Effort for dialects that have a switch and a budget in tokens (DashScope, SiliconFlow). */
export function writeThinkingBudget(effort: ReasoningEffort): EffortFields {
  if (effort === "none") return { fields: { enable_thinking: false }, isExact: true };
  const budget = budgets[effort];
  return {
    fields: {
      enable_thinking: true,
      ...(budget === undefined ? {} : { thinking_budget: budget }),
    },
    isExact: effort !== "xhigh",
  };
}
