import type { Calibration } from "@/lib/contracts/calibration";
import type { TokenCounts } from "@/lib/contracts/context";
import { featureCount, readPrompt, weigh } from "./features";
import { listPairs, solveWeights, type Expected } from "./solve-weights";

/** What a prompt was by our count, and by the provider's. */
export type Report = {
  /** Of all its text together. */
  counts: TokenCounts;
  messages: number;
  /** As reported; what is no sensible number is passed over. */
  tokens: number;
};

/** A report this many times above or below what was expected says something else, save for a few tokens. */
const mostTimes = 5;
const fewTokens = 3_000;
/** Reports after which the oldest fade. */
const memory = 150;
/** Reports of fewer tokens say little in parts of themselves. */
const smallPrompt = 200;
/** The usual error, in parts. */
const noise = 0.02;
/** Where the model does more than weights can say, the margin stays for some reports. */
const fading = 0.93;
export const leastMargin = 0.035;
const mostMargin = 1;
/** One report alone may be nonsense. */
const mostRise = 0.25;
/** A single report this far off is not believed at once. */
const surprise = 0.12;
const firstReports = 8;

/** What is known after a report. The same object when it taught nothing. */
export function learnReport(
  known: Calibration,
  report: Report,
  expected: readonly Expected[],
): Calibration {
  const { tokens } = report;
  const features = readPrompt(report.counts, report.messages);
  const before =
    known.weights.length === featureCount ? known.weights : expected.map(({ weight }) => weight);
  const guess = weigh(features, before);
  if (!isSensible(tokens, guess)) return known;
  const miss = tokens / guess - 1;
  const trust = known.reports < firstReports ? 1 : Math.min(1, surprise / Math.abs(miss));
  const share = trust / ((Math.max(tokens, guess) + smallPrompt) * noise) ** 2;
  const keep = 1 - 1 / memory;
  const fade = (old: number | undefined, sum: number) => round((old ?? 0) * keep + share * sum);
  const seen = listPairs().map(([row, column], at) =>
    fade(known.seen[at], (features[row] ?? 0) * (features[column] ?? 0)),
  );
  const sums = features.map((feature, at) => fade(known.tokens[at], feature * tokens));
  const weights = solveWeights({ seen, tokens: sums }, expected, before).map(round);
  const left = tokens / weigh(features, weights) - 1;
  // What the first reports are off by is the expectation's fault, and mended.
  const off = Math.max(left, known.reports < firstReports ? 0 : miss);
  const most = Math.min(mostMargin, known.margin + mostRise);
  const margin = round(Math.min(most, Math.max(known.margin * fading, off, 0)));
  return { ...known, reports: known.reports + 1, weights, seen, tokens: sums, margin };
}

/** The calibration is read with every turn: it is kept short. */
const round = (value: number) => Number(value.toPrecision(6));

function isSensible(tokens: number, guess: number): boolean {
  if (!Number.isSafeInteger(tokens) || tokens <= 0) return false;
  if (tokens > guess) return tokens <= guess * mostTimes || tokens - guess <= fewTokens;
  return tokens >= guess / mostTimes;
}
