import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Parameters } from "@/lib/contracts/parameters";
import type { Failover } from "@/lib/contracts/messages";
import { decideRetry, retryPolicy } from "@/lib/domain/retry/decide-retry";
import type { ResolvedModel } from "../db/aliases";
import { logger } from "../logger";
import { admit } from "./admit";
import type { AnswerLimit, CallHold } from "./call-hold";
import type { CallTimeouts } from "./call-timeouts";
import { cutAgain } from "./cut-again";
import type { GatePolicy } from "./gate-policy";
import type { KeyTurn } from "./key-ring";
import type { FittedCall } from "./fit-call";
import { learnFromAnswer, learnFromRefusal, type Refused } from "./learn-from-call";
import type { ModelCall, ModelEvent } from "./model-call";
import { ModelCallError } from "./model-call-error";
import { noteKeyFailed, noteKeyWorks } from "./note-key";
import type { TargetFailure } from "./target-failure";
import { tryOnce } from "./try-once";

/** One model of a call, and what the gate needs to ask it. */
export type Target = {
  call: ModelCall;
  model: ResolvedModel;
  /** What it is sent. */
  fitted: FittedCall;
  keys: KeyTurn;
  timeouts: CallTimeouts;
  policy: GatePolicy;
  hold: CallHold;
  /** Ends with the call, by a stop or by the limit of the whole. */
  signal: AbortSignal;
  /** What was passed over before it. */
  skipped: Failover["skipped"];
  /** Whether another model could answer instead. */
  hasAlternative: () => boolean;
  /** The number of the call's next request. */
  nextNumber: () => number;
};

/**
 * Asks one model, again and with other keys as the policy says, and once more with less where it
 * finds the prompt too long.
 *
 * @returns why it did not answer, or null when it did.
 * @throws ModelCallError for what failed after the first content; the signal's reason after a stop.
 */
export async function* tryTarget(
  target: Target,
): AsyncGenerator<ModelEvent, TargetFailure | null, undefined> {
  const { call, model, keys, policy, timeouts, signal } = target;
  const of = model.provider.callSettings.attempts ?? retryPolicy.attempts;
  const limitMs = timeouts.firstTokenMs;
  let { fitted } = target;
  let refused: Refused | null = null;
  let toldAs: boolean | null = null;
  let last: ModelCallError | null = null;
  let attempts = 0;
  let waitedMs = 0;
  for (;;) {
    const key = keys.pick();
    const hasOwnKey = key?.owner === "member";
    let admission;
    try {
      admission = yield* admit({ model, policy, hasOwnKey, limitMs, of, signal });
    } catch (error) {
      if (call.signal.aborted) throw error;
      // What it met before tells more than that it is not asked again.
      return { failure: last ?? toFailure(error), wasAsked: last !== null };
    }
    try {
      const limit = await target.hold.cover(model, fitted, hasOwnKey);
      if (limit.failure !== null) return { failure: limit.failure, wasAsked: last !== null };
      const isCutAgain = refused !== null;
      if (toldAs !== isCutAgain) yield tellAsking(target, fitted, isCutAgain, limit);
      toldAs = isCutAgain;
      const firstTokenMs = Math.max(1, limitMs - admission.waitedMs);
      const asked: { sent: FittedCall; refused: Refused | null } = { sent: fitted, refused };
      const { prompt, inputTokens, outputRoom } = asked.sent;
      last = yield* tryOnce({
        call: {
          ...call,
          parameters: limitAnswer(call.parameters, limit.mostTokens),
          onAttempt: (attempt) => {
            target.hold.note(attempt);
            call.onAttempt(attempt);
            learnFromAnswer(model, asked, attempt, call);
          },
          prompt,
          inputTokens,
          outputRoom,
          model,
          key,
          signal,
          timeouts: { ...timeouts, firstTokenMs },
        },
        number: target.nextNumber(),
        pass: admission.pass,
        stop: call.signal,
        hasOtherKey: key !== null && keys.hasOther(key),
      });
    } finally {
      admission.release();
    }
    if (last === null) {
      if (key !== null) noteKeyWorks({ key, keys, policy });
      return null;
    }
    if (key !== null && noteKeyFailed({ key, keys, policy }, last)) continue;
    if (!hasOwnKey) policy.noteRefusal(model.id, last.code);
    if (last.code === "context_too_long") {
      const found: Refused = { sent: fitted, failure: last };
      const shorter = refused === null ? cutAgain(call, model, found) : null;
      learnFromRefusal(model, found);
      if (shorter !== null) {
        refused = found;
        fitted = shorter;
        logger().info({ modelId: model.id }, "a prompt that was too long goes out again, shorter");
        continue;
      }
    }
    attempts += 1;
    const failure = last.classified;
    const hasAlternative = target.hasAlternative();
    const state = { attempts, failure, waitedMs, mostAttempts: of, hasAlternative };
    const retry = decideRetry(state, Math.random());
    if (retry === null) return { failure: last, wasAsked: true };
    waitedMs += retry.countedMs;
    const { waitMs } = retry;
    const { code: errorCode } = last;
    logger().info({ modelId: model.id, errorCode, attempts, waitMs }, "a model is asked again");
    yield { type: "waiting", retry: { attempt: attempts + 1, of, waitMs, errorCode } };
    if (await isInterrupted(waitMs, signal)) {
      call.signal.throwIfAborted();
      return { failure: last, wasAsked: true };
    }
  }
}

function tellAsking(
  target: Target,
  { inputTokens, plan }: FittedCall,
  isCutAgain: boolean,
  { mostTokens, limitedBy }: AnswerLimit,
): ModelEvent {
  const budgetLimit =
    mostTokens === null || limitedBy === null ? null : { tokens: mostTokens, budget: limitedBy };
  const sent = { inputTokens, plan, isCutAgain, budgetLimit };
  return { type: "asking", model: target.model, failover: describeFailover(target), sent };
}

function describeFailover({ model, skipped }: Target): Failover | null {
  return skipped.length === 0
    ? null
    : { skipped, model: model.label, provider: model.provider.name };
}

function limitAnswer(parameters: Parameters, mostTokens: number | null): Parameters {
  return mostTokens === null ? parameters : { ...parameters, maxOutputTokens: mostTokens };
}

const toFailure = (error: unknown) => ModelCallError.from(error, "before_headers");

async function isInterrupted(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, false, { signal }).catch(() => true);
}
