import type { AnswerFigures } from "@/lib/contracts/messages";

/** Micro-units of a currency for a million tokens. */
export type TokenPrice = { currency: "CNY" | "USD"; inputMicros: number; outputMicros: number };

/** A request to a provider, as far as it counts. */
export type FiguredCall = {
  startedAt: Date;
  firstTokenAt: Date | null;
  finishedAt: Date;
  /** Null when it used nothing; `inputTokens` null when they are counted with another answer. */
  usage: {
    inputTokens: number | null;
    outputTokens: number;
    source: "reported" | "estimated";
  } | null;
  /** Null when it is unknown. */
  price: TokenPrice | null;
};

/**
 * How an answer came about: the times of the requests that wrote it, the tokens and the cost of all
 * that were made. The cost is unknown as soon as the price of one of them is.
 *
 * @returns null when nothing was asked.
 */
export function computeFigures(calls: readonly FiguredCall[]): AnswerFigures | null {
  const last = calls.at(-1);
  if (last === undefined) return null;
  const writing = calls.filter(({ firstTokenAt }) => firstTokenAt !== null);
  const timed = writing.length > 0 ? writing : [last];
  const [first] = writing;
  const used = calls.flatMap(({ usage, price }) => (usage === null ? [] : [{ ...usage, price }]));
  const inputs = used.flatMap(({ inputTokens }) => inputTokens ?? []);
  return {
    firstTokenMs: first?.firstTokenAt ? toMs(first.startedAt, first.firstTokenAt) : null,
    durationMs: sum(timed.map(({ startedAt, finishedAt }) => toMs(startedAt, finishedAt))),
    inputTokens: inputs.length === 0 ? null : sum(inputs),
    outputTokens: used.length === 0 ? null : sum(used.map(({ outputTokens }) => outputTokens)),
    isEstimated: used.some(({ source }) => source === "estimated"),
    cost: sumCosts(used),
  };
}

type Used = NonNullable<FiguredCall["usage"]> & Pick<FiguredCall, "price">;

function sumCosts(used: readonly Used[]): AnswerFigures["cost"] {
  const currency = used[0]?.price?.currency;
  if (currency === undefined) return null;
  const costs = used.map(({ inputTokens, outputTokens, price }) =>
    price?.currency === currency
      ? (inputTokens ?? 0) * price.inputMicros + outputTokens * price.outputMicros
      : null,
  );
  if (costs.includes(null)) return null;
  return { currency, micros: Math.round(sum(costs.map((cost) => cost ?? 0)) / 1_000_000) };
}

const toMs = (from: Date, to: Date) => Math.max(0, to.getTime() - from.getTime());

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
