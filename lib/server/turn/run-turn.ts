import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { decideOutcome, type AnswerEnd } from "@/lib/domain/answer/outcome";
import { countMessageTokens, countTokens } from "@/lib/domain/context/tokens";
import { closeTurn, type TurnToClose } from "../db/turns";
import { AnswerAbort, type LiveAnswer } from "../generations/live-answer";
import { logger } from "../logger";
import { callModel } from "../models/call-model";
import type { ModelCall, ReportedUsage } from "../models/model-call";
import { ModelCallError } from "../models/model-call-error";
import { readText } from "./build-prompt";

type Run = Omit<ModelCall, "signal"> & {
  /** Tokens of the prompt by our own count, for when the provider reports none. */
  inputTokens: number;
};

const noUsage: ReportedUsage = { inputTokens: null, outputTokens: null };

/**
 * Produces an answer to its end and closes the turn. Never throws: whatever happens becomes the
 * answer's status.
 */
export async function runTurn(answer: LiveAnswer, run: Run): Promise<void> {
  let end: AnswerEnd = { kind: "finished", reason: "none" };
  let usage = noUsage;
  try {
    for await (const event of callModel({ ...run, signal: answer.signal })) {
      if (event.type === "finish") {
        usage = event.usage;
        end = { kind: "finished", reason: event.reason };
      } else {
        answer.append(event.type, event.delta);
      }
    }
  } catch (error) {
    end = describeEnd(error);
    if (end.kind === "failed")
      logger().warn({ error, answerId: answer.id, code: end.code }, "answer failed");
  }
  await finish(answer, run, end, usage);
}

function describeEnd(error: unknown): AnswerEnd {
  if (error instanceof AnswerAbort) return { kind: "aborted", by: error.by };
  if (error instanceof ModelCallError)
    return { kind: "failed", code: error.code, details: error.details ?? {} };
  return { kind: "failed", code: "internal", details: {} };
}

async function finish(
  answer: LiveAnswer,
  run: Run,
  end: AnswerEnd,
  reported: ReportedUsage,
): Promise<void> {
  const parts = answer.parts();
  const outcome = decideOutcome(end, parts);
  const isReported = reported.inputTokens !== null && reported.outputTokens !== null;
  const written = parts.map((part) => part.text).join("");
  // A call that the provider refused outright used nothing.
  const wasRefused = end.kind === "failed" && parts.length === 0;
  const closing: TurnToClose = {
    conversationId: answer.conversationId,
    answerId: answer.id,
    generationId: answer.generationId,
    parts,
    outcome,
    tokenCount: countMessageTokens(readText(parts)),
    finishReason: end.kind === "finished" ? end.reason : end.kind,
    usage: wasRefused
      ? null
      : {
          inputTokens: reported.inputTokens ?? run.inputTokens,
          outputTokens: reported.outputTokens ?? countTokens(written),
          source: isReported ? "reported" : "estimated",
        },
    firstTokenAt: answer.firstTokenAt,
  };
  const isClosed = await tryToClose(answer, closing);
  answer.end({ ...answer.current.metadata, ...outcome });
  if (!isClosed) await closeLater(answer, closing);
}

async function tryToClose(answer: LiveAnswer, closing: TurnToClose): Promise<boolean> {
  try {
    await closeTurn(answer.actor, closing);
    return true;
  } catch (error) {
    logger().error({ error, answerId: answer.id }, "the answer is not saved yet");
    return false;
  }
}

const closeForMs = 10 * 60_000;
const longestWaitMs = 10_000;

/** The reader has the whole answer already; saving it goes on until the database is back. */
async function closeLater(answer: LiveAnswer, closing: TurnToClose): Promise<void> {
  const untilMs = performance.now() + closeForMs;
  for (
    let waitMs = 500;
    performance.now() < untilMs;
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  ) {
    await sleep(waitMs);
    if (await tryToClose(answer, closing)) return;
  }
}
