import type { Amount } from "@/lib/contracts/usage";

const million = 1_000_000;
/** A micro-unit. */
const mostDigits = 6;

const formats = new Map<string, Intl.NumberFormat>();

/**
 * Money as a language writes it, from micro-units: `exact` to the last of them, as on a bill;
 * `brief` to two digits behind the point, or to three that say something.
 */
export function sayAmount(
  { currency, micros }: Amount,
  locale: string,
  precision: "exact" | "brief",
): string {
  const amount = micros / million;
  const digits = precision === "exact" ? mostDigits : countDigits(amount);
  const key = `${locale} ${currency} ${String(digits)}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, {
      ...{ style: "currency", currency, currencyDisplay: "narrowSymbol" },
      ...{ minimumFractionDigits: 2, maximumFractionDigits: digits },
    });
  formats.set(key, format);
  return format.format(amount);
}

function countDigits(amount: number): number {
  if (amount === 0) return 2;
  const size = Math.floor(Math.log10(Math.abs(amount)));
  return Math.min(mostDigits, Math.max(2, 2 - size));
}
