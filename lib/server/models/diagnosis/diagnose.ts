import "server-only";
import type { DiagnosisStep, DiagnosisStepName } from "@/lib/contracts/diagnosis";
import { diagnosisStepNames } from "@/lib/contracts/diagnosis";
import { makeStep, type SkipReason } from "@/lib/domain/diagnosis/details";
import { diagnoseConnection } from "./diagnose-connection";
import { diagnoseModel } from "./diagnose-model";
import { Prober, testLimits, type TestLimits } from "./prober";
import type { TestTarget } from "./ask-provider";

export type DiagnosisOptions = {
  isQuick: boolean;
  signal: AbortSignal;
  limits?: TestLimits;
  onReply?: ConstructorParameters<typeof Prober>[3];
};

/** What a test used up. */
export type DiagnosisTotals = { requests: number; tokens: number };

/**
 * Examines a provider, and one of its models, step by step in the order of the contract. It goes
 * through the gate's own connections, with the dialect's addresses and headers, and ends early
 * where nothing further could be found.
 *
 * @throws the reason of `signal`.
 */
export async function* diagnose(
  target: TestTarget,
  { isQuick, signal, limits = testLimits, onReply }: DiagnosisOptions,
): AsyncGenerator<DiagnosisStep, DiagnosisTotals, undefined> {
  const prober = new Prober(target, signal, limits, onReply);
  const done = new Set<DiagnosisStepName>();
  const next = yield* note(done, diagnoseConnection(prober, target, isQuick));
  if (typeof next !== "string") yield* note(done, diagnoseModel(prober, target, next));
  const reason: SkipReason = typeof next === "string" ? next : "earlier";
  for (const name of diagnosisStepNames)
    if (!done.has(name)) yield makeStep(name, "skipped", { details: { reason } });
  return { requests: prober.requests, tokens: prober.tokens };
}

/** Passes steps on, and keeps their names. */
async function* note<Result>(
  done: Set<DiagnosisStepName>,
  steps: AsyncGenerator<DiagnosisStep, Result, undefined>,
): AsyncGenerator<DiagnosisStep, Result, undefined> {
  for (;;) {
    const { done: isOver, value } = await steps.next();
    if (isOver === true) return value;
    done.add(value.name);
    yield value;
  }
}
