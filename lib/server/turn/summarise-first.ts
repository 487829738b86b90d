import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { Actor } from "@/lib/domain/actor";
import type { ResolvedModel } from "../db/aliases";
import { readSummaryState } from "../db/summary-state";
import type { LiveAnswer } from "../generations/live-answer";
import { logger } from "../logger";
import type { CallContext } from "../models/call-context";
import { planCall } from "../models/fit-call";
import { startExtending } from "../summaries/extend-summary";
import { summaryRuns } from "../summaries/summary-runs";

/** What a summary is waited for. */
const patienceMs = 20_000;
const lookEveryMs = 500;

type CallToFit = Parameters<typeof planCall>[0];

type Turn = {
  actor: Actor;
  conversationId: string;
  answers: readonly LiveAnswer[];
  settings: InstanceSettings;
  /** The model that is asked first. */
  model: ResolvedModel | undefined;
};

/**
 * Waits for the summary where the turn would have to leave out messages for which none stands yet:
 * one step of it, at most 20 seconds, and not once every answer is stopped. Otherwise, and in most
 * turns, there is nothing to wait for.
 *
 * @returns the context, with the summary that came; as it was when none did. Never rejects.
 */
export function summariseFirst(turn: Turn, call: CallToFit): CallContext | Promise<CallContext> {
  const { model, conversationId } = turn;
  // What failed just now would only be waited for in vain.
  const mayWait = model !== undefined && !summaryRuns().isPaused(conversationId);
  const keepFromId = mayWait ? findGap(call, model) : null;
  return keepFromId === null ? call.context : waitForSummary(turn, call.context, keepFromId);
}

/** The oldest message that there is room for, where older ones are forgotten; else null. */
function findGap(call: CallToFit, model: ResolvedModel): string | null {
  const { policy, context } = call.context;
  if (policy.kind !== "summary" || context.isSummaryOff) return null;
  const plan = planCall(call, model);
  if (!("sent" in plan)) return null;
  const isForgotten = plan.entries.some(
    ({ state, reason }) =>
      state === "left_out" && (reason === "over_window" || reason === "over_rounds"),
  );
  return isForgotten || (!plan.isWhole && plan.summary === null) ? plan.firstSentId : null;
}

async function waitForSummary(
  { actor, conversationId, answers, settings }: Turn,
  context: CallContext,
  keepFromId: string,
): Promise<CallContext> {
  const patience = AbortSignal.timeout(patienceMs);
  const stopped = AbortSignal.any([patience, allOf(answers.map(({ signal }) => signal))]);
  const look = () => readSummaryState(actor, conversationId, settings.contextPolicy);
  for (const answer of answers) answer.setSummarising(true);
  try {
    const answerId = answers[0]?.id ?? "";
    const { firstStep } = startExtending(actor, conversationId, { keepFromId, answerId });
    await Promise.race([firstStep, ended(stopped)]);
    let state = await look();
    // Another instance may be at it.
    while (state.isRunning && state.summary?.id === context.summary?.id && !stopped.aborted) {
      await Promise.race([sleep(lookEveryMs), ended(stopped)]);
      state = await look();
    }
    const { summary } = state;
    if (summary === null) return context;
    const { id, text, tokenCounts: counts, coversToId } = summary;
    return { ...context, summary: { id, text, counts, coversToId } };
  } catch (error) {
    logger().warn({ error, conversationId }, "a turn goes on without a summary");
    return context;
  } finally {
    for (const answer of answers) answer.setSummarising(false);
  }
}

/** Aborted once all of them are. */
function allOf(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  const look = () => {
    if (signals.every(({ aborted }) => aborted)) all.abort();
  };
  for (const signal of signals) signal.addEventListener("abort", look, { once: true });
  look();
  return all.signal;
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
