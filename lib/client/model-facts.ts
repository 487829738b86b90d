import type { ModelPrice } from "@/lib/contracts/providers";

/**
 * A window as people call it: "128k", "1M". Makers count in thousands or in 1024s; what divides only
 * by the latter was counted so.
 */
export function showWindow(tokens: number): string {
  const unit = tokens % 1024 === 0 && tokens % 1000 !== 0 ? 1024 : 1000;
  if (tokens >= unit * unit) return `${trim(tokens / unit / unit)}M`;
  return tokens >= unit ? `${trim(tokens / unit)}k` : String(tokens);
}

function trim(value: number): string {
  return String(Number(value.toFixed(value < 10 ? 1 : 0)));
}

/** What a million tokens cost, as money; both ways in one currency. */
export function showPrice(
  { currency, inputMicros, outputMicros }: ModelPrice,
  locale: string,
): { input: string; output: string } {
  const show = (micros: number) =>
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: micros % 1_000_000 === 0 ? 0 : 2,
      maximumFractionDigits: 4,
    }).format(micros / 1_000_000);
  return { input: show(inputMicros), output: show(outputMicros) };
}
