import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { AnswerFigures } from "@/lib/contracts/messages";
import { readAnswerUsage } from "../db/answer-usage";
import { closeTurns, type TurnToClose } from "../db/close-turn";
import { isDatabaseUnavailable } from "../db/unavailable";
import type { LiveAnswer } from "../generations/live-answer";
import { logger } from "../logger";
import { singleton } from "../singleton";
import { lifecycle } from "../start/lifecycle";
import { extendAfterTurn } from "../summaries/extend-summary";
import { TookTooLongError, within } from "../within";
import { WorkQueue } from "../work-queue";
import { closeTogether } from "./close-together";
import { countUsage } from "./describe-turn";
import { forgetUnsaved, keepUnsaved } from "./unsaved-turns";

/** Readers hear of the end no later than this after it, saved or not. */
const readersWaitMs = 800;
/** Longer than a transaction may take, so that an answer's tries do not pile up. */
const tryForMs = 40_000;
/** Where the database is slow, many that end together must leave connections to those who ask. */
const closedAtOnce = 3;
const firstPauseMs = 100;
const longestPauseMs = 10_000;
/** What the database refuses for so long, it will not take. */
const giveUpAfterMs = 10 * 60_000;
/** From then on it would also survive the end of this process. */
const keepAfterMs = 10_000;

/**
 * Ends an answer for its readers and stores it, trying until that works: the database may be away
 * for long. Never throws.
 *
 * @param figures what readers are told of how it came about.
 */
export async function closeAnswer(
  answer: LiveAnswer,
  turn: TurnToClose,
  figures: AnswerFigures | null,
): Promise<void> {
  const unsaved = keepUnsaved(turn, keepAfterMs);
  const saving = closeInTheEnd([turn]);
  const isSaved = await within(saving, readersWaitMs).catch(() => false);
  answer.end({
    ...answer.current.metadata,
    ...turn.outcome,
    figures,
    usage: countUsage(turn) ?? (isSaved ? await readUsage(answer) : null),
    retry: null,
    ...(isSaved ? {} : { isSaved: false }),
  });
  if (!(await saving)) return;
  await forgetUnsaved(unsaved);
  if (turn.plan?.policy.kind !== "summary") return;
  const { firstSentId: keepFromId, parts } = turn.plan;
  const room = { keepFromId, freeTokens: parts.free, answerId: answer.id };
  extendAfterTurn(answer.actor, turn.conversationId, room);
}

/** What the ledger says, where that is quick. */
const readUsage = (answer: LiveAnswer) =>
  within(readAnswerUsage(answer.actor, answer.id), readersWaitMs).catch(() => null);

/**
 * Closes turns with one statement, trying until that works. Never throws.
 *
 * @returns whether they are stored.
 */
export async function closeInTheEnd(turns: readonly TurnToClose[]): Promise<boolean> {
  const beganAtMs = performance.now();
  // A connection that was lost while nobody used it is replaced at once: the first pause is short.
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const outcome = await tryToClose(turns);
    if (outcome === "closed") return true;
    if (outcome === "refused" && performance.now() - beganAtMs > giveUpAfterMs) return false;
    await sleep(pauseMs);
  }
}

const closing = () => singleton("closing-queue", () => new WorkQueue(closedAtOnce));

async function tryToClose(
  turns: readonly TurnToClose[],
): Promise<"closed" | "unavailable" | "refused"> {
  try {
    const close = () => within(closeTogether(turns), tryForMs);
    // At the end of the process all are closed together.
    await (lifecycle().phase === "stopping" ? close() : closing().run(1, close));
    return "closed";
  } catch (error) {
    const answerIds = turns.map(({ answerId }) => answerId);
    logger().error({ error, answerIds }, "the answer is not saved yet");
    const isAway = error instanceof TookTooLongError || isDatabaseUnavailable(error);
    return isAway ? "unavailable" : "refused";
  }
}

/** Stores a turn that an earlier process could not. @throws when the database is away. */
export async function closeKeptTurn(turn: TurnToClose): Promise<void> {
  await closeTurns({ system: "start" }, [turn]);
}
