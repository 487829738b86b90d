import type { CapabilityCard, CapabilityName, Verdict } from "@/lib/contracts/cards";
import type { Diagnosis, DiagnosisStepName } from "@/lib/contracts/diagnosis";
import {
  reasoningEfforts,
  type ParameterName,
  type ReasoningEffort,
} from "@/lib/contracts/parameters";
import { findStep, type StepDetails } from "./details";

const capabilities: Partial<Record<DiagnosisStepName, CapabilityName>> = {
  streams: "streaming",
  usageInStream: "usageInStream",
  tools: "tools",
  vision: "vision",
  json: "json",
  jsonSchema: "jsonSchema",
  reasoning: "reasoning",
};

const parameters: Partial<Record<DiagnosisStepName, ParameterName>> = {
  outputLimit: "maxOutputTokens",
  temperature: "temperature",
  topP: "topP",
  frequencyPenalty: "frequencyPenalty",
  presencePenalty: "presencePenalty",
  stop: "stop",
  n: "n",
  seed: "seed",
  reasoningEffort: "reasoningEffort",
};

/**
 * A model's card after a test: what the test has decided, and everything else as it was. Facts that
 * a person has fixed stay as they are.
 */
export function toCard(before: CapabilityCard, diagnosis: Diagnosis): CapabilityCard {
  const isFree = (path: string) => !before.fixed.includes(path);
  const found = <Name extends string>(
    part: "capabilities" | "parameters",
    names: Partial<Record<DiagnosisStepName, Name>>,
  ) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([step, name]) => {
        const verdict = verdictOf(diagnosis, step as DiagnosisStepName);
        return verdict !== null && isFree(`${part}.${name}`) ? [[name, verdict]] : [];
      }),
    ) as Partial<Record<Name, Verdict>>;
  const facts = Object.fromEntries(
    Object.entries(findFacts(diagnosis)).filter(([name]) => isFree(name)),
  );
  const format = formatVerdict(diagnosis);
  const foundParameters = {
    ...found("parameters", parameters),
    ...(format !== null && isFree("parameters.responseFormat") ? { responseFormat: format } : {}),
  };
  const foundCapabilities = found("capabilities", capabilities);
  const isNothing = [foundCapabilities, foundParameters, facts].every(
    (part) => Object.keys(part).length === 0,
  );
  if (isNothing) return before;
  const { sourceUrl: _, reasoningEfforts: efforts, ...kept } = before;
  // Efforts of a model that takes none any more would only mislead.
  const areGone = foundParameters.reasoningEffort === "no" && isFree("reasoningEfforts");
  return {
    ...kept,
    ...(efforts === undefined || areGone ? {} : { reasoningEfforts: efforts }),
    ...facts,
    capabilities: { ...before.capabilities, ...foundCapabilities },
    parameters: { ...before.parameters, ...foundParameters },
    source: "diagnosis",
    checkedAt: diagnosis.checkedAt,
  };
}

function verdictOf(diagnosis: Diagnosis, name: DiagnosisStepName): Verdict | null {
  const finding = findStep(diagnosis, name)?.finding;
  if (finding === "ok") return "yes";
  return finding === "no" ? "no" : null;
}

/** JSON by a mode or by a schema; either is enough. */
function formatVerdict(diagnosis: Diagnosis): Verdict | null {
  const verdicts = [verdictOf(diagnosis, "json"), verdictOf(diagnosis, "jsonSchema")];
  if (verdicts.includes("yes")) return "yes";
  return verdicts.every((verdict) => verdict === "no") ? "no" : null;
}

/** The facts of a card that are not verdicts. */
function findFacts(diagnosis: Diagnosis): Partial<CapabilityCard> {
  const detailsOf = <Name extends DiagnosisStepName>(name: Name): StepDetails[Name] | null => {
    const step = findStep(diagnosis, name);
    return step?.finding === "ok" || step?.finding === "no" ? step.details : null;
  };
  const { field: outputLimitField } = detailsOf("outputLimit") ?? {};
  const reasoning = detailsOf("reasoning");
  const { rule: reasoningBack } = detailsOf("reasoningBack") ?? {};
  const effort = detailsOf("reasoningEffort");
  const values = (effort?.values ?? "").split(", ");
  const found = reasoningEfforts.filter((value): value is ReasoningEffort =>
    values.includes(value),
  );
  return {
    ...(outputLimitField === undefined ? {} : { outputLimitField }),
    ...(reasoning === null ? {} : { reasoningField: reasoning.field ?? "none" }),
    ...(reasoningBack === undefined ? {} : { reasoningBack }),
    ...(found.length === 0 ? {} : { reasoningEfforts: found }),
  };
}
