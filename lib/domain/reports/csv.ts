import { currencies } from "@/lib/contracts/usage";
import type { UsageReport, UsageRow } from "@/lib/contracts/usage-reports";

/** So that spreadsheets read the text as UTF-8. */
const byteOrderMark = "\uFEFF";

const counts = [
  ["calls", "calls"],
  ["attempts", "attempts"],
  ["failed", "failed"],
  ["estimated", "estimated"],
  ["unpriced", "unpriced"],
  ["input_tokens", "inputTokens"],
  ["cached_tokens", "cachedTokens"],
  ["output_tokens", "outputTokens"],
  ["reasoning_tokens", "reasoningTokens"],
] as const;

/**
 * The rows of a report as CSV (RFC 4180). The names of the columns stay, whatever the language; an
 * amount is empty where nothing was paid in that currency.
 */
export function writeCsv({ groupBy, rows }: Pick<UsageReport, "groupBy" | "rows">): string {
  const header = [
    groupBy,
    "name",
    ...counts.map(([name]) => name),
    ...currencies.map((currency) => `cost_${currency.toLowerCase()}`),
    "first_token_ms",
    "tokens_per_second",
  ];
  const lines = [header, ...rows.map(toCells)].map((cells) => `${cells.join(",")}\r\n`);
  return byteOrderMark + lines.join("");
}

function toCells({ key, label, sums }: UsageRow): string[] {
  const costOf = (currency: string) => sums.costs.find((cost) => cost.currency === currency);
  return [
    writeText(key),
    writeText(label ?? ""),
    ...counts.map(([, field]) => String(sums[field])),
    ...currencies.map((currency) => {
      const cost = costOf(currency);
      return cost === undefined ? "" : writeMicros(cost.micros);
    }),
    writeAverage(sums.firstTokenMs),
    writeAverage(sums.tokensPerSecond),
  ];
}

/** A cell of text. What a spreadsheet would take for a formula is made plain by an apostrophe. */
function writeText(text: string): string {
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Micro-units as a decimal number with all of its six places. */
function writeMicros(micros: number): string {
  const digits = String(Math.abs(micros)).padStart(7, "0");
  return `${micros < 0 ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const writeAverage = (value: number | null) => (value === null ? "" : value.toFixed(1));
