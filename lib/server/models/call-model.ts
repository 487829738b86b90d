import "server-only";
import { logger } from "../logger";
import { CallHold } from "./call-hold";
import { CallTimeoutError, settleTimeouts } from "./call-timeouts";
import { canBeAsked, endsCall, findCandidates, findClearest, toFailure } from "./candidates";
import type { Candidate, PassedOver } from "./candidates";
import { gatePolicy, type GatePolicy } from "./gate-policy";
import type { ModelCall, ModelEvent } from "./model-call";
import type { TargetFailure } from "./target-failure";
import { tryTarget } from "./try-target";

/**
 * The one gate to every model. Later stations (who may use it, redact) are added here, so that no
 * call can pass them by.
 *
 * Hold: before anything is asked, the most that the call can use is reserved in every budget that
 * covers it; what it used is settled with what its caller stores of it. Where a budget is tight the
 * answer is kept shorter, and said so; where there is no room for one, nothing is asked.
 *
 * Fit: each model is sent what fits its own window, planned when it is its turn; one for which not
 * even the instructions and the question fit is not asked. A model that finds it too long all the
 * same is asked once more, with less.
 *
 * Ask: the models of a call are asked in their order, each as often as the policy allows, until one
 * of them answers. Those that cannot do what is asked, that rest after many failures, or that fail
 * before anything of their answer came, are passed over. After the first content nothing is asked
 * again.
 *
 * @throws ModelCallError when none answers, one breaks off, or a budget has no room; the signal's
 * reason when it was aborted.
 */
export async function* callModel(
  call: ModelCall,
  policy: GatePolicy = gatePolicy(),
): AsyncGenerator<ModelEvent, void, undefined> {
  const passedOver: PassedOver[] = [];
  let hold: CallHold | null = null;
  try {
    const candidates = findCandidates(call);
    hold = await CallHold.open(call, candidates, policy);
    const run = { call, policy, passedOver, hold, startedMs: performance.now(), requests: 0 };
    for (const [index, candidate] of candidates.entries()) {
      call.signal.throwIfAborted();
      if (passedOver.some(endsCall)) break;
      const later = candidates.slice(index + 1);
      const result = yield* ask(run, candidate, later);
      if (result === null) return;
      const { model } = candidate;
      passedOver.push({ ...result, model });
      const { failure, wasAsked } = result;
      const facts = { modelId: model.id, errorCode: failure.code, wasAsked };
      if (later.length > 0) logger().info(facts, "a model is passed over");
    }
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    throw error;
  } finally {
    hold?.end();
  }
  throw findClearest(passedOver);
}

type Run = {
  call: ModelCall;
  policy: GatePolicy;
  passedOver: readonly PassedOver[];
  hold: CallHold;
  startedMs: number;
  /** How many were made so far. */
  requests: number;
};

/** Asks one of the models, within what is left of the time for all of them. */
async function* ask(
  run: Run,
  { model, keys, hindrance, fit }: Candidate,
  later: readonly Candidate[],
): AsyncGenerator<ModelEvent, TargetFailure | null, undefined> {
  const { call, policy } = run;
  if (hindrance !== null) return toFailure(hindrance);
  const fitted = fit();
  if (!("plan" in fitted)) return toFailure(fitted);
  const timeouts = settleTimeouts(call.timeouts, model.provider.callSettings);
  const deadline = new AbortController();
  const end = () => {
    deadline.abort(new CallTimeoutError("TOTAL_TIMEOUT"));
  };
  const leftMs = timeouts.totalMs - (performance.now() - run.startedMs);
  if (leftMs <= 0) end();
  const timer = setTimeout(end, Math.max(0, leftMs)).unref();
  try {
    return yield* tryTarget({
      call,
      model,
      fitted,
      keys: policy.keys.start(model.provider.id, keys),
      timeouts,
      policy,
      hold: run.hold,
      signal: AbortSignal.any([call.signal, deadline.signal]),
      skipped: run.passedOver.map(({ model: { label, provider }, failure }) => ({
        model: label,
        provider: provider.name,
        errorCode: failure.code,
      })),
      hasAlternative: () =>
        later.some((one) => !policy.breaker.isResting(one.model.id) && canBeAsked(one)),
      nextNumber: () => (run.requests += 1),
    });
  } finally {
    clearTimeout(timer);
  }
}
