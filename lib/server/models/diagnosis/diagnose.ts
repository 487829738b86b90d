import "server-only";
import type { DiagnosisStep, DiagnosisStepName } from "@/lib/contracts/diagnosis";
import { diagnosisStepNames } from "@/lib/contracts/diagnosis";
import { makeStep, type SkipReason } from "@/lib/domain/diagnosis/details";
import { askProviderBasics } from "./diagnose-connection";
import { diagnoseModel } from "./diagnose-model";
import { Prober, testLimits, type TestLimits } from "./prober";
import type { TestTarget } from "./ask-provider";

export type DiagnosisOptions = {
  isQuick: boolean;
  signal: AbortSignal;
  limits?: TestLimits;
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
  { isQuick, signal, limits = testLimits }: DiagnosisOptions,
): AsyncGenerator<DiagnosisStep, DiagnosisTotals, undefined> {
  const prober = new Prober(target, signal, limits);
  const done = new Set<DiagnosisStepName>();
  const { steps, next } = await askProviderBasics(prober, target, isQuick);
  for (const step of steps) {
    done.add(step.name);
    yield step;
  }
  if (typeof next !== "string")
    for await (const step of diagnoseModel(prober, target, next)) {
      done.add(step.name);
      yield step;
    }
  const reason: SkipReason = typeof next === "string" ? next : "earlier";
  for (const name of diagnosisStepNames)
    if (!done.has(name)) yield makeStep(name, "skipped", { details: { reason } });
  return { requests: prober.requests, tokens: prober.tokens };
}
