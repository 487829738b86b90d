import type { BudgetUnit } from "@/lib/contracts/budgets";
import type { Payer } from "@/lib/contracts/usage";
import type { PricedUsage, TokenPrices } from "./cost";

/** One of the models that a call may ask, with what it would be sent. */
export type TargetEstimate = {
  inputTokens: number;
  /** The longest answer that it may write, in tokens. */
  mostOutputTokens: number;
  /** How many answers one request asks for. */
  answers: number;
  payer: Payer;
  /** Null when it is unknown. */
  price: TokenPrices | null;
};

/**
 * What a call can use at most, in millionths of a unit (of a micro-unit, of a token): `fixed`, and
 * `perToken` of the longest answer. Text, since the numbers may be larger than JSON's.
 */
export type Bound = { fixed: string; perToken: string };

/** A target's bounds for each unit of budgets; null where its price says nothing of that unit. */
export type TargetBounds = { most: number } & Record<BudgetUnit, Bound | null>;

const million = 1_000_000n;

/**
 * The bounds of a call at one model. What a member's own key pays is no cost of the team's.
 *
 * @param rateMicros micro-units of CNY for a USD; null where none is set.
 */
export function boundTarget(target: TargetEstimate, rateMicros: number | null): TargetBounds {
  const { inputTokens, mostOutputTokens: most, answers, payer, price } = target;
  if (payer === "member") return { most, tokens: free, CNY: free, USD: free };
  const tokens = {
    fixed: String(BigInt(inputTokens) * million),
    perToken: String(BigInt(answers) * million),
  };
  if (price === null) return { most, tokens, CNY: null, USD: null };
  // The dearest that each token may turn out to be.
  const input = Math.max(price.inputMicros, price.cachedInputMicros ?? 0);
  const output = Math.max(price.outputMicros, price.reasoningMicros ?? 0);
  const own = {
    fixed: BigInt(inputTokens) * BigInt(input),
    perToken: BigInt(answers) * BigInt(output),
  };
  const other = convert(own, price.currency, rateMicros);
  const [CNY, USD] = price.currency === "CNY" ? [write(own), other] : [other, write(own)];
  return { most, tokens, CNY, USD };
}

/** What requests of a call have used already, in millionths of each unit; null where unknown. */
export type Spent = Record<BudgetUnit, string | null>;

/** Adds up what requests used; see boundTarget for whose. */
export function sumSpent(
  requests: readonly { usage: PricedUsage; payer: Payer; price: TokenPrices | null }[],
  rateMicros: number | null,
): Spent {
  const sums: Record<BudgetUnit, bigint | null> = { tokens: 0n, CNY: 0n, USD: 0n };
  for (const { usage, payer, price } of requests) {
    const { inputTokens, outputTokens } = usage;
    const target = { inputTokens, mostOutputTokens: outputTokens, answers: 1, payer, price };
    const bounds = boundTarget(target, rateMicros);
    for (const unit of ["tokens", "CNY", "USD"] as const) {
      const bound = bounds[unit];
      const before = sums[unit];
      sums[unit] =
        bound === null || before === null ? null : before + measureSpent(bound, outputTokens);
    }
  }
  return {
    tokens: sums.tokens === null ? null : String(sums.tokens),
    CNY: sums.CNY === null ? null : String(sums.CNY),
    USD: sums.USD === null ? null : String(sums.USD),
  };
}

/** Each request's cost is rounded by itself, hence one unit more, where there is a cost. */
function measureSpent({ fixed, perToken }: Bound, outputTokens: number): bigint {
  const exact = BigInt(fixed) + BigInt(perToken) * BigInt(outputTokens);
  return exact === 0n ? 0n : exact + million;
}

const free: Bound = { fixed: "0", perToken: "0" };

type Sizes = { fixed: bigint; perToken: bigint };

const write = ({ fixed, perToken }: Sizes): Bound => ({
  fixed: String(fixed),
  perToken: String(perToken),
});

/**
 * Rounded up, with room for that each request's cost is rounded in both currencies: a bound may be
 * too high, never too low.
 */
function convert(
  { fixed, perToken }: Sizes,
  from: "CNY" | "USD",
  rateMicros: number | null,
): Bound | null {
  if (fixed === 0n && perToken === 0n) return free;
  if (rateMicros === null) return null;
  const rate = BigInt(rateMicros);
  const into = (value: bigint) =>
    from === "USD" ? (value * rate + million - 1n) / million : (value * million + rate - 1n) / rate;
  return write({ fixed: into(fixed + million) + million, perToken: into(perToken) });
}
