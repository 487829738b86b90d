import type { Amount } from "@/lib/contracts/usage";

const million = 1_000_000;
/** A micro-unit. */
const mostDigits = 6;

type Rounding = "nearest" | "up" | "down";

const formats = new Map<string, Intl.NumberFormat>();

/**
 * Money as a language writes it, from micro-units: `exact` to the last of them, as on a bill;
 * `brief` to two digits behind the point, or to three that say something.
 *
 * @param rounding where what is not said goes; `up` and `down` for amounts that are not negative.
 */
export function sayAmount(
  { currency, micros }: Amount,
  locale: string,
  precision: "exact" | "brief",
  rounding: Rounding = "nearest",
): string {
  const digits = precision === "exact" ? mostDigits : countDigits(micros / million);
  const amount = round(micros, 10 ** (mostDigits - digits), rounding) / million;
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

// In whole micro-units: of fractions a machine may see one more or less.
function round(micros: number, step: number, rounding: Rounding): number {
  const rest = micros % step;
  if (rounding === "nearest" || rest === 0) return micros;
  return micros - rest + (rounding === "up" ? step : 0);
}

function countDigits(amount: number): number {
  if (amount === 0) return 2;
  const size = Math.floor(Math.log10(Math.abs(amount)));
  return Math.min(mostDigits, Math.max(2, 2 - size));
}
