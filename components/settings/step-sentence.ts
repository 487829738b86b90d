import type { useTranslations } from "next-intl";
import type { useErrorSentence } from "@/lib/client/error-sentence";
import type { DiagnosisStep, DiagnosisStepName } from "@/lib/contracts/diagnosis";

const thoughtFields = ["reasoning_content", "reasoning", "think_tags", "none"] as const;
const limitFields = ["max_tokens", "max_completion_tokens"] as const;

const plainParameters = [
  "temperature",
  "topP",
  "frequencyPenalty",
  "presencePenalty",
  "stop",
  "n",
  "seed",
] as const satisfies readonly DiagnosisStepName[];
type PlainParameter = (typeof plainParameters)[number];

/** Steps that one sentence tells of: parameters that did alike, anything else by itself. */
export type NoteLine = readonly [DiagnosisStep, ...DiagnosisStep[]];

/** Puts parameters that did alike together, where the first of them stands. */
export function toLines(steps: readonly DiagnosisStep[]): NoteLine[] {
  const lines = new Map<string, [DiagnosisStep, ...DiagnosisStep[]]>();
  for (const step of steps) {
    const { name, finding, errorCode, details } = step;
    const isAlone = !isPlainParameter(name) || errorCode !== null;
    const alike = isAlone ? name : `${finding} ${String(details["isRefused"] === true)}`;
    const line = lines.get(alike);
    if (line === undefined) lines.set(alike, [step]);
    else line.push(step);
  }
  return [...lines.values()];
}

type Words = {
  /** The sentences of `providers.test`. */
  translate: ReturnType<typeof useTranslations<"providers.test">>;
  sayError: ReturnType<typeof useErrorSentence>;
  /** Joins names as the language does. */
  join: (names: string[]) => string;
};

/**
 * What a test found, as one plain sentence with what follows from it. What the details of a step
 * may be is said in lib/domain/diagnosis/details.ts.
 */
export function sayLine(line: NoteLine, { translate, sayError, join }: Words): string {
  const [step] = line;
  const { name, finding, errorCode, details } = step;
  if (name === "certificate" && finding === "skipped") return translate("steps.certificate.http");
  if (name === "answers" && errorCode === "provider_model_missing")
    return translate("steps.answers.missing");
  if (errorCode !== null) {
    const reason = sayError(errorCode, details);
    const isPlain = ["reachable", "certificate", "key", "models", "answers"].includes(name);
    return isPlain
      ? reason
      : translate("steps.failed", { name: translate(`names.${name}`), reason });
  }
  if (finding === "bad" || finding === "skipped")
    return translate("steps.failed", { name: translate(`names.${name}`), reason: "" });
  if (isPlainParameter(name)) {
    const names = join(
      line.flatMap((one) => (isPlainParameter(one.name) ? [translate(`inline.${one.name}`)] : [])),
    );
    const refused = details["isRefused"] === true ? "yes" : "no";
    return translate(`steps.parameter.${finding}`, { names, refused });
  }
  return sayFinding({ ...step, name }, finding, translate);
}

type Step = DiagnosisStep & { name: Exclude<DiagnosisStepName, PlainParameter> };

function sayFinding(
  { name, details }: Step,
  finding: "ok" | "no" | "unclear",
  translate: Words["translate"],
): string {
  const ms = typeof details["ms"] === "number" ? Math.max(1, Math.round(details["ms"])) : 0;
  const timed = { ms, seconds: Math.max(0.1, Math.round(ms / 100) / 10) };
  const refused = details["isRefused"] === true ? "yes" : "no";
  const field = details["field"];
  switch (name) {
    case "reachable":
      return translate("steps.reachable.ok", timed);
    case "certificate":
      return translate("steps.certificate.ok");
    case "key":
      if (finding !== "unclear") return translate(`steps.key.${finding}`);
      return translate(details["isChecked"] === false ? "steps.key.open" : "steps.key.unclear");
    case "models": {
      if (finding !== "ok") return translate(`steps.models.${finding}`);
      const count = typeof details["count"] === "number" ? details["count"] : 0;
      return translate(details["isListed"] === false ? "steps.models.missing" : "steps.models.ok", {
        count,
      });
    }
    case "answers":
      return finding === "ok"
        ? translate("steps.answers.ok", timed)
        : translate("steps.answers.unclear");
    case "streams":
      return finding === "ok"
        ? translate("steps.streams.ok", timed)
        : translate(`steps.streams.${finding}`);
    case "usageInStream":
    case "tools":
    case "vision":
    case "json":
    case "jsonSchema":
      return translate(`steps.${name}.${finding}`);
    case "reasoning":
      if (finding !== "ok") return translate(`steps.reasoning.${finding}`);
      return translate(`steps.reasoning.${oneOf(thoughtFields, field) ?? "none"}`);
    case "reasoningBack":
      if (finding !== "no") return translate(`steps.reasoningBack.${finding}`);
      return translate("steps.reasoningBack.no", { refused });
    case "outputLimit":
      if (finding !== "ok") return translate(`steps.outputLimit.${finding}`);
      return translate(`steps.outputLimit.${oneOf(limitFields, field) ?? "ok"}`);
    case "reasoningEffort": {
      if (finding !== "ok") return translate(`steps.reasoningEffort.${finding}`);
      const values = typeof details["values"] === "string" ? details["values"] : "none";
      return translate("steps.reasoningEffort.ok", { values });
    }
  }
}

function isPlainParameter(name: DiagnosisStepName): name is PlainParameter {
  return plainParameters.some((one) => one === name);
}

function oneOf<Value extends string>(values: readonly Value[], given: unknown): Value | undefined {
  return values.find((value) => value === given);
}
