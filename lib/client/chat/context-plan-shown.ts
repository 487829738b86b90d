import type { ContextPlanView, PlanCost, PlanParts } from "@/lib/contracts/context";

/** A plan in figures, with what was typed since. */
export type ShownPlan = {
  window: number | null;
  parts: PlanParts;
  inputTokens: number;
  /** Of the real window, the room for the answer included; null where the window is unknown. */
  usedShare: number | null;
  /** Of all models that are asked. */
  cost: PlanCost | null;
  /** Not counted by the model's own encoding, or moved by what was typed since. */
  isAbout: boolean;
};

/**
 * The plan's figures with a draft that has grown or shrunk since. Where it takes more room than is
 * left, it takes that from the history, as the next plan will.
 */
export function showPlan(plan: ContextPlanView, draftTokens: number): ShownPlan {
  const { window, cost } = plan;
  const added = draftTokens - plan.parts.draft;
  const free = plan.parts.free === null ? null : plan.parts.free - added;
  const cut = free === null ? 0 : Math.min(plan.parts.history, Math.max(0, -free));
  const parts: PlanParts = {
    ...plan.parts,
    draft: draftTokens,
    history: plan.parts.history - cut,
    free: free === null ? null : free + cut,
  };
  const inputTokens = Math.max(0, plan.inputTokens + added - cut);
  return {
    window,
    parts,
    inputTokens,
    usedShare:
      window === null || window <= 0
        ? null
        : Math.min(1, Math.max(0, (inputTokens + parts.reply) / window)),
    cost: cost === null ? null : moveCost(cost, plan.inputTokens, inputTokens),
    isAbout: plan.surety !== "exact" || added !== 0,
  };
}

function moveCost(cost: PlanCost, before: number, after: number): PlanCost {
  const { inputMicros, mostMicros } = cost;
  const moved = before > 0 ? Math.round((inputMicros * after) / before) : inputMicros;
  return { ...cost, inputMicros: moved, mostMicros: mostMicros + moved - inputMicros };
}
