import type { Amount, Currency } from "@/lib/contracts/usage";

const micros = 1_000_000;

/**
 * How many decimals show amounts of a size well: cents from a hundred on, every micro-unit below
 * one.
 */
export function findDecimals(largestMicros: number): number {
  const size = Math.abs(largestMicros);
  if (size >= 100 * micros) return 2;
  return size >= micros ? 4 : 6;
}

/** An amount as people write it: cents, or every micro-unit of less than one, unless said. */
export function formatAmount(locale: string, amount: Amount, decimals?: number): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: amount.currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: decimals ?? 2,
    maximumFractionDigits: decimals ?? (Math.abs(amount.micros) < micros ? 6 : 2),
  }).format(amount.micros / micros);
}

/** The same with every micro-unit, for whoever reckons it up. */
export function formatExactly(locale: string, amount: Amount): string {
  return formatAmount(locale, amount, 6);
}

/** A whole amount in few letters, for the side of a plot. */
export function formatShortAmount(locale: string, { currency, micros: amount }: Amount): string {
  const isSmall = Math.abs(amount) < 10 * micros;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(isSmall
      ? { maximumSignificantDigits: 2 }
      : { notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 }),
  }).format(amount / micros);
}

/** The micro-units of one currency among some amounts; 0 where there are none. */
export function microsOf(amounts: readonly Amount[], currency: Currency): number {
  return amounts.find((amount) => amount.currency === currency)?.micros ?? 0;
}

/**
 * Amounts of both currencies as one, rounded half up; null where there is nothing to convert, or no
 * rate. @param cnyPerUsdMicros micro-units of CNY for a USD.
 */
export function convert(
  amounts: readonly Amount[],
  into: Currency,
  cnyPerUsdMicros: number | null,
): Amount | null {
  const other = amounts.find(({ currency }) => currency !== into);
  if (other === undefined || cnyPerUsdMicros === null) return null;
  const rate = BigInt(cnyPerUsdMicros);
  const unit = BigInt(micros);
  const [factor, divisor] = into === "CNY" ? [rate, unit] : [unit, rate];
  const converted = (BigInt(other.micros) * factor * 2n + divisor) / (divisor * 2n);
  return { currency: into, micros: microsOf(amounts, into) + Number(converted) };
}
