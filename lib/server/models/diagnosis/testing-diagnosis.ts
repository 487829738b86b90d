import "server-only";
import type { CapabilityCard } from "@/lib/contracts/cards";
import { emptyCard } from "@/lib/contracts/cards";
import type { Diagnosis, DiagnosisStep, DiagnosisStepName } from "@/lib/contracts/diagnosis";
import { toCard } from "@/lib/domain/diagnosis/to-card";
import type { TestTarget } from "./ask-provider";
import { diagnose } from "./diagnose";
import { testLimits, type TestLimits } from "./prober";

export type Examined = {
  steps: DiagnosisStep[];
  requests: number;
  tokens: number;
  /** What becomes of an empty card. */
  card: CapabilityCard;
  /** `finding` of each step, with its error where it has one. */
  findings: Record<DiagnosisStepName, string>;
};

/** Examines to the end, for tests. */
export async function examine(
  target: Partial<TestTarget> & Pick<TestTarget, "baseUrl">,
  options: { isQuick?: boolean; signal?: AbortSignal; limits?: Partial<TestLimits> } = {},
): Promise<Examined> {
  const run = diagnose(
    { kind: "openai-compatible", apiVersion: null, key: "sk-test", modelName: null, ...target },
    {
      isQuick: options.isQuick ?? false,
      signal: options.signal ?? new AbortController().signal,
      limits: { ...testLimits, ...options.limits },
    },
  );
  const steps: DiagnosisStep[] = [];
  for (;;) {
    const { done, value } = await run.next();
    if (done !== true) {
      steps.push(value);
      continue;
    }
    const diagnosis: Diagnosis = {
      providerId: "provider",
      modelName: null,
      modelId: null,
      steps,
      isOk: true,
      ...value,
      checkedAt: "2026-11-22T09:00:00.000Z",
    };
    const findings = Object.fromEntries(
      steps.map(({ name, finding, errorCode }) => [
        name,
        errorCode === null ? finding : `${finding} ${errorCode}`,
      ]),
    ) as Examined["findings"];
    return { steps, ...value, card: toCard(emptyCard, diagnosis), findings };
  }
}
