import { plainBranchContext } from "@/lib/contracts/context";
import { planContext } from "@/lib/domain/context/plan";
import type { PlanMessage } from "@/lib/domain/context/plan-input";
import { makeRuler } from "@/lib/domain/tokens/ruler";
import { median } from "../statistics";
import type { Line } from "../table";

/** Row 15: the plan for a long branch whose tokens are counted already. */
export function measurePlan(): Promise<Line[]> {
  const branch = Array.from({ length: 5_001 }, (_, index): PlanMessage => ({
    id: String(index),
    role: index % 2 === 0 ? "user" : "assistant",
    text: "words ".repeat(60),
    counts: { o200k: 60, wide: 0, signs: 0 },
  }));
  const ruler = makeRuler("gpt-5");
  const times = Array.from({ length: 20 }, () => {
    const startedAt = performance.now();
    planContext(
      {
        system: "Answer briefly.",
        summary: null,
        branch,
        isWhole: true,
        newestCount: 1,
        policy: { kind: "window", rounds: 10, tokens: 32_000 },
        context: plainBranchContext,
        toolTokens: 0,
      },
      { window: 128_000, reply: 4_000, ruler, sendsReasoning: false },
    );
    return performance.now() - startedAt;
  });
  return Promise.resolve([
    {
      row: 15,
      what: "planning the context of 5,000 messages, counts known",
      unit: "ms",
      parley: median(times),
      goal: "5",
    },
  ]);
}
