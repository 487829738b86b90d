import type { Diagnosis, DiagnosisStep, DiagnosisStepName } from "@/lib/contracts/diagnosis";
import type { SkipReason } from "@/lib/domain/diagnosis/details";

export const diagnosisGroups = {
  connection: ["reachable", "certificate", "key", "models"],
  answering: ["answers", "streams", "usageInStream"],
  abilities: ["tools", "vision", "json", "jsonSchema", "reasoning", "reasoningBack"],
  parameters: [
    "outputLimit",
    "temperature",
    "topP",
    "frequencyPenalty",
    "presencePenalty",
    "stop",
    "n",
    "seed",
    "reasoningEffort",
  ],
} as const satisfies Record<string, readonly DiagnosisStepName[]>;
export type DiagnosisGroup = keyof typeof diagnosisGroups;

export const groupNames = Object.keys(diagnosisGroups) as DiagnosisGroup[];

/** What was tried of a group, in order. Plain http is said, though no certificate was tried. */
export function findGroup(
  steps: readonly DiagnosisStep[],
  group: DiagnosisGroup,
): readonly DiagnosisStep[] {
  const names: readonly DiagnosisStepName[] = diagnosisGroups[group];
  return steps.filter(
    (step) =>
      names.includes(step.name) && (step.finding !== "skipped" || readReason(step) === "http"),
  );
}

const reasons = [
  "earlier",
  "quick",
  "no_model",
  "no_reasoning",
  "budget",
] as const satisfies readonly SkipReason[];

/** What was not tried, together with the reason that several steps share. */
export function findSkipped(
  steps: readonly DiagnosisStep[],
): { reason: (typeof reasons)[number]; names: DiagnosisStepName[] }[] {
  return reasons.flatMap((reason) => {
    const names = steps
      .filter((step) => step.finding === "skipped" && readReason(step) === reason)
      .map(({ name }) => name);
    return names.length === 0 ? [] : [{ reason, names }];
  });
}

function readReason({ details }: DiagnosisStep): SkipReason {
  const reason = details["reason"];
  if (reason === "http") return reason;
  return reasons.find((known) => known === reason) ?? "earlier";
}

export type Verdict =
  | { kind: "healthy" | "connection" | "untried" }
  | { kind: "lacks" | "unclear" | "bad"; count: number };

// Nobody misses a key that is not needed, or thoughts that need not go back.
const noLack: readonly DiagnosisStepName[] = ["key", "reasoningBack"];

/** The heading of the note. */
export function judge({ steps, isOk }: Pick<Diagnosis, "steps" | "isOk">): Verdict {
  const count = (fits: (step: DiagnosisStep) => boolean) => steps.filter(fits).length;
  const bad = count(({ finding }) => finding === "bad");
  if (bad > 0) return { kind: "bad", count: bad };
  if (!isOk) return { kind: "untried" };
  if (steps.some((step) => step.finding === "skipped" && readReason(step) === "budget"))
    return { kind: "untried" };
  if (!steps.some(({ name, finding }) => name === "answers" && finding !== "skipped"))
    return { kind: "connection" };
  const lacks = count(({ name, finding }) => finding === "no" && !noLack.includes(name));
  if (lacks > 0) return { kind: "lacks", count: lacks };
  const unclear = count(({ finding }) => finding === "unclear");
  return unclear > 0 ? { kind: "unclear", count: unclear } : { kind: "healthy" };
}
