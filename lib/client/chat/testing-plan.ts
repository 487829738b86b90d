import type { ContextPlanView, PlanEntry } from "@/lib/contracts/context";

export const testEntry = (messageId: string, more: Partial<PlanEntry> = {}): PlanEntry => ({
  messageId,
  role: "user",
  excerpt: messageId,
  state: "kept",
  reason: "within_policy",
  tokens: 10,
  sentTokens: 10,
  mark: "auto",
  ...more,
});

/** A plan of 1,000 tokens of history in a window of 8,000, with room for an answer of 2,000. */
export const testPlan = (more: Partial<ContextPlanView> = {}): ContextPlanView => ({
  model: { id: "alias-1", label: "Plain" },
  window: 8_000,
  surety: "exact",
  policy: { kind: "rounds", rounds: 10, tokens: 8_000 },
  policyFrom: "instance",
  parts: {
    system: 100,
    tools: 0,
    files: 0,
    summary: 0,
    history: 1_000,
    draft: 0,
    reply: 2_000,
    free: 4_900,
  },
  inputTokens: 1_100,
  cost: { currency: "CNY", inputMicros: 1_100, mostMicros: 9_100 },
  entries: [],
  before: null,
  sentCount: 0,
  firstSentId: null,
  startId: null,
  summary: null,
  isSummarySent: false,
  isSummaryOff: false,
  warnings: [],
  refusal: null,
  budget: { refusal: null, limitedTo: null, tightest: null },
  largerModels: [],
  sideBySide: [],
  ...more,
});
