import { planContext, type PlanMessage } from "@/lib/domain/context/plan";
import { median } from "../statistics";
import type { Line } from "../table";

/** Row 15: the plan for a long branch whose tokens are counted already. */
export function measurePlan(): Promise<Line[]> {
  const branch = Array.from({ length: 5_001 }, (_, index): PlanMessage => ({
    id: String(index),
    role: index % 2 === 0 ? "user" : "assistant",
    text: "words ".repeat(60),
    tokens: 60,
  }));
  const times = Array.from({ length: 20 }, () => {
    const startedAt = performance.now();
    planContext(null, branch, { rounds: 10_000, tokens: 128_000 });
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
