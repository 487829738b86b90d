import "server-only";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { AppError } from "@/lib/domain/errors/app-error";
import { shortenText } from "@/lib/domain/context/shorten-text";
import { isTold, type BranchPoint } from "@/lib/domain/summary/branch-point";
import { chooseSlice } from "@/lib/domain/summary/choose-slice";
import { makeSummaryRequest, type SummaryTurn } from "@/lib/domain/summary/summary-request";
import { countText } from "@/lib/domain/tokens/count-text";
import type { ResolvedAlias } from "../db/aliases";
import { toSettlement, type NewSummary, type SummaryCall } from "../db/summaries";
import { readBranchTexts } from "../db/summary-state";
import { newId } from "../ids";
import { settleInTheEnd } from "../ledger/settle-in-the-end";
import { readText } from "../turn/read-parts";
import { askForSummary } from "./ask-for-summary";
import { findSummaryRoom, type SummaryRoom } from "./summary-room";

/** What a summary goes on from: the one before it. */
export type SummaryBase = Pick<
  NewSummary,
  "text" | "tokenCounts" | "coveredCount" | "excludedIds" | "carriedFromId"
>;

export type SliceToSummarise = {
  actor: Actor;
  conversationId: string;
  /** The answer whose turn made it needed; null where a person asked for it. */
  answerId: string | null;
  alias: ResolvedAlias;
  settings: InstanceSettings;
  base: SummaryBase | null;
  startId: string | null;
  /** What is to be summarised, oldest first; as much of it as one call takes is. */
  points: readonly BranchPoint[];
  /** The model needs room for thoughts besides the summary. */
  needsThoughts: boolean;
  signal: AbortSignal;
};

/** What came of one call, and how many of the points it took in. */
export type SummarisedSlice =
  | { call: SummaryCall; summary: NewSummary; count: number; error: null }
  | { call: SummaryCall; summary: null; count: 0; error: AppError };

// Where our count and the model's differ much, less is tried.
const tries = 3;

/** Takes the oldest of some messages into the summary, with one call that stays within bounds. */
export async function summariseSlice(given: SliceToSummarise): Promise<SummarisedSlice> {
  const attempts: CallAttempt[] = [];
  const holdIds: string[] = [];
  let mostTokens = Number.POSITIVE_INFINITY;
  for (let left = tries; ; left -= 1) {
    // Found anew: the refusal may have taught how large the window is.
    const room = findSummaryRoom(given.alias, given.needsThoughts);
    room.tokens = Math.min(room.tokens, mostTokens);
    const result = await tryToSummarise(given, room).catch((error: unknown) => {
      // What was asked before is paid for.
      const { actor, conversationId, answerId } = given;
      const call = { attempts, holdIds, answerId };
      void settleInTheEnd(toSettlement(actor, conversationId, call));
      throw error;
    });
    attempts.push(...result.call.attempts);
    holdIds.push(...result.call.holdIds);
    if (result.error?.code !== "context_too_long" || left === 1) {
      const numbered = attempts.map((attempt, at) => ({ ...attempt, number: at + 1 }));
      return { ...result, call: { ...result.call, attempts: numbered, holdIds } };
    }
    mostTokens = room.tokens / 2;
  }
}

async function tryToSummarise(
  given: SliceToSummarise,
  room: SummaryRoom,
): Promise<SummarisedSlice> {
  const { actor, conversationId, base, points, startId } = given;
  const { ruler } = room;
  const previous = base === null ? null : shorten(base.text, room.tokens / 2, room);
  const previousTokens = previous === null ? 0 : ruler.measure(ruler.count(previous));
  const roomTokens = Math.floor(room.tokens - previousTokens);
  // Points were counted by our own count; the model's may be higher.
  const scaled = points.map((point) => ({ ...point, tokens: scale(point.tokens, room) }));
  const count = chooseSlice(scaled, roomTokens);
  const slice = points.slice(0, count);
  const told = slice.filter(isTold);
  const parts = await readBranchTexts(
    actor,
    conversationId,
    told.map(({ id }) => id),
  );
  const turns = told.map(({ id, role }) =>
    toTurn(role, parts.get(id) ?? [], Math.floor(roomTokens / Math.min(2, told.length)), room),
  );
  const summaryId = newId();
  const { call, written, error } = await askForSummary({
    ...given,
    summaryId,
    room,
    request: makeSummaryRequest(previous, turns),
    sourceTokens: countText([previous ?? "", ...turns.map(({ text }) => text)].join("\n")).o200k,
  });
  if (written === null) {
    if (error === null) throw new Error("no summary, and no reason");
    return { call, summary: null, count: 0, error };
  }
  const excluded = slice.filter(({ isExcluded }) => isExcluded).map(({ id }) => id);
  const summary: NewSummary = {
    id: summaryId,
    coversToId: slice.at(-1)?.id ?? null,
    startId,
    ...written,
    coveredCount: (base?.coveredCount ?? 0) + told.length,
    excludedIds: [...(base?.excludedIds ?? []), ...excluded],
    source: "model",
    carriedFromId: base?.carriedFromId ?? null,
  };
  return { call, summary, count, error: null };
}

function toTurn(
  role: SummaryTurn["role"],
  parts: readonly MessagePart[],
  roomTokens: number,
  room: SummaryRoom,
): SummaryTurn {
  const imageCount = parts.filter(({ type }) => type === "file").length;
  return { role, text: shorten(readText(parts), roomTokens, room), imageCount };
}

function shorten(text: string, roomTokens: number, { ruler }: SummaryRoom): string {
  const tokens = ruler.measure(ruler.count(text));
  if (tokens <= roomTokens) return text;
  return shortenText(text, roomTokens, tokens, ruler).text;
}

function scale(tokens: number, { ruler }: SummaryRoom): number {
  return ruler.measure({ o200k: tokens, wide: 0, signs: 0 });
}
