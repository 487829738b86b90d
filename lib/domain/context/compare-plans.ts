import type { PlanCost } from "@/lib/contracts/context";
import type { Currency } from "@/lib/contracts/usage";

type Filled = { window: number | null; inputTokens: number; parts: { reply: number } };

/**
 * The plan that fills the most of its model's window, the room for the answer included; the first
 * of those that are alike. Where no window is known, the one that sends the most.
 */
export function findFullest<Plan extends Filled>(plans: readonly [Plan, ...Plan[]]): Plan {
  const [first, ...others] = plans;
  return others.reduce((fullest, plan) => (isFuller(plan, fullest) ? plan : fullest), first);
}

function isFuller(one: Filled, other: Filled): boolean {
  const [share, than] = [shareOf(one), shareOf(other)];
  return share === than ? one.inputTokens > other.inputTokens : share > than;
}

// Below every share: it is not known to be full.
const unknownShare = -1;

const shareOf = ({ window, inputTokens, parts }: Filled) =>
  window === null || window <= 0 ? unknownShare : (inputTokens + parts.reply) / window;

/** In what currency costs in different ones are added up, and for how many CNY micro-units a USD. */
export type TotalIn = { currency: Currency; cnyPerUsdMicros: number | null };

/**
 * What several calls cost together. Null where the cost of one is unknown, and where they are in
 * different currencies and there is no rate.
 */
export function sumPlanCosts(
  costs: readonly (PlanCost | null)[],
  { currency: wanted, cnyPerUsdMicros }: TotalIn,
): PlanCost | null {
  const known = costs.filter((cost) => cost !== null);
  const [first] = known;
  if (first === undefined || known.length < costs.length) return null;
  const isMixed = known.some(({ currency }) => currency !== first.currency);
  if (isMixed && cnyPerUsdMicros === null) return null;
  const currency = isMixed ? wanted : first.currency;
  const into = (micros: number, from: Currency) => {
    if (from === currency || cnyPerUsdMicros === null) return micros;
    const rate = cnyPerUsdMicros / 1_000_000;
    return Math.round(from === "USD" ? micros * rate : micros / rate);
  };
  const add = (part: "inputMicros" | "mostMicros") =>
    known.reduce((sum, cost) => sum + into(cost[part], cost.currency), 0);
  return {
    currency,
    inputMicros: add("inputMicros"),
    mostMicros: add("mostMicros"),
    ...(isMixed ? { isConverted: true } : {}),
  };
}
