import type { AnswerFigures } from "@/lib/contracts/messages";
import type { TokenPrices } from "../ledger/cost";
import { addUp, countRequest, findOneCost } from "../ledger/receipt";

/** A request to a provider, as far as it counts. */
export type FiguredCall = {
  startedAt: Date;
  firstTokenAt: Date | null;
  finishedAt: Date;
  /** Null when it used nothing; `inputTokens` null when they are counted with another answer. */
  usage: {
    inputTokens: number | null;
    cachedTokens?: number | undefined;
    outputTokens: number;
    reasoningTokens?: number | undefined;
    source: "reported" | "estimated";
  } | null;
  /** Null when it is unknown. */
  price: TokenPrices | null;
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
  const used = calls.flatMap(({ usage, price }) => (usage === null ? [] : [{ usage, price }]));
  const knowsInput = used.some(({ usage }) => usage.inputTokens !== null);
  const totals = addUp(
    used.map(({ usage, price }) =>
      countRequest({ ...usage, inputTokens: usage.inputTokens ?? 0 }, price),
    ),
  );
  return {
    firstTokenMs: first?.firstTokenAt ? toMs(first.startedAt, first.firstTokenAt) : null,
    durationMs: sum(timed.map(({ startedAt, finishedAt }) => toMs(startedAt, finishedAt))),
    inputTokens: knowsInput ? totals.inputTokens : null,
    outputTokens: used.length === 0 ? null : totals.outputTokens,
    isEstimated: totals.isEstimated,
    cost: findOneCost(totals),
  };
}

const toMs = (from: Date, to: Date) => Math.max(0, to.getTime() - from.getTime());

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
