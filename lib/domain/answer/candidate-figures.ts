import type { AnswerFigures, MessagePart } from "@/lib/contracts/messages";
import type { UsageTotals } from "@/lib/contracts/receipts";
import { countTokens } from "../tokens/count-text";
import { wordsOf } from "../conversation/words-of";
import { findOneCost } from "../ledger/receipt";
import { computeFigures, type FiguredCall } from "./figures";

/** What is stored of one of several answers to a question. */
export type CandidateRecord = {
  parts: readonly MessagePart[];
  /** Of its last generation. */
  firstTokenAt: Date | null;
  finishedAt: Date | null;
  /** The requests that are booked with it. */
  calls: readonly FiguredCall[];
  /** What is in the ledger for writing it; null where nothing is. */
  booked: UsageTotals | null;
};

/**
 * The figures of answers that were asked for together, in order. Where one call brought several of
 * them (`n`), it is booked with one: then the words of each are counted, and its prompt is the
 * first's.
 */
export function figureCandidates(records: readonly CandidateRecord[]): (AnswerFigures | null)[] {
  const isPart = ({ calls, finishedAt, parts }: CandidateRecord) =>
    calls.length === 0 && finishedAt !== null && readWords(parts) !== "";
  const booked = records.find(({ calls }) => calls.length > 0)?.calls.at(-1);
  const isShared = booked !== undefined && records.some(isPart);
  return records.map((record, at) => {
    const { calls, finishedAt } = record;
    if (finishedAt === null) return null;
    if (!isShared || (calls.length > 0 && calls.at(-1) !== booked)) return figureBooked(record);
    return computeFigures([figurePart(record, finishedAt, booked, at === 0)]);
  });
}

/** Times as they were noted; what it used as it was booked. */
function figureBooked({ calls, booked }: CandidateRecord): AnswerFigures | null {
  const figures = computeFigures(calls);
  if (figures === null || booked === null) return figures;
  const { inputTokens, outputTokens, isEstimated } = booked;
  return { ...figures, inputTokens, outputTokens, isEstimated, cost: findOneCost(booked) };
}

function figurePart(
  { parts, firstTokenAt }: CandidateRecord,
  finishedAt: Date,
  booked: FiguredCall,
  isFirst: boolean,
): FiguredCall {
  const { startedAt, usage, price } = booked;
  return {
    startedAt,
    firstTokenAt,
    finishedAt,
    usage: {
      inputTokens: isFirst ? (usage?.inputTokens ?? null) : null,
      outputTokens: countTokens(readWords(parts)),
      source: "estimated",
    },
    price,
  };
}

const readWords = (parts: readonly MessagePart[]) => parts.map(wordsOf).join("");
