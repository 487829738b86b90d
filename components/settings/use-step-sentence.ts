"use client";

import { useTranslations } from "next-intl";
import { useTestSentence } from "@/lib/client/test-sentence";
import type { DiagnosisStep } from "@/lib/contracts/diagnosis";

const faults = ["expired", "self_signed", "unknown_issuer", "wrong_host", "handshake"] as const;
const thoughtFields = ["reasoning_content", "reasoning", "think_tags", "none"] as const;
const limitFields = ["max_tokens", "max_completion_tokens"] as const;

/**
 * What one step of a test found, as one plain sentence with what follows from it. What the details
 * may be is said in lib/domain/diagnosis/details.ts.
 */
export function useStepSentence(): (step: DiagnosisStep) => string {
  const translate = useTranslations("providers.test.steps");
  const translateName = useTranslations("providers.test.names");
  const sayError = useTestSentence();

  return (step) => {
    const { name, errorCode, details } = step;
    if (name === "certificate") {
      if (step.finding === "skipped") return translate("certificate.http");
      const fault = oneOf(faults, details["fault"]);
      if (fault !== undefined) return translate(`certificate.${fault}`);
    }
    if (name === "answers" && errorCode === "provider_model_missing")
      return translate("answers.missing");
    if (errorCode !== null) {
      const reason = sayError(errorCode, details);
      const isPlain = ["reachable", "certificate", "key", "models", "answers"].includes(name);
      return isPlain ? reason : translate("failed", { name: translateName(name), reason });
    }
    return step.finding === "bad" || step.finding === "skipped"
      ? translate("failed", { name: translateName(name), reason: "" })
      : sayFinding(step, step.finding);
  };

  function sayFinding({ name, details }: DiagnosisStep, finding: "ok" | "no" | "unclear"): string {
    const ms = typeof details["ms"] === "number" ? Math.max(1, Math.round(details["ms"])) : 0;
    const timed = { ms, seconds: Math.max(0.1, Math.round(ms / 100) / 10) };
    const refused = details["isRefused"] === true ? "yes" : "no";
    const field = details["field"];
    switch (name) {
      case "reachable":
        return translate("reachable.ok", timed);
      case "certificate":
        return translate("certificate.ok");
      case "key":
        if (finding !== "unclear") return translate(`key.${finding}`);
        return translate(details["isChecked"] === false ? "key.open" : "key.unclear");
      case "models": {
        if (finding !== "ok") return translate(`models.${finding}`);
        const count = typeof details["count"] === "number" ? details["count"] : 0;
        return translate(details["isListed"] === false ? "models.missing" : "models.ok", { count });
      }
      case "answers":
        return finding === "ok" ? translate("answers.ok", timed) : translate("answers.unclear");
      case "streams":
        return finding === "ok" ? translate("streams.ok", timed) : translate(`streams.${finding}`);
      case "usageInStream":
      case "tools":
      case "vision":
      case "json":
      case "jsonSchema":
        return translate(`${name}.${finding}`);
      case "reasoning":
        if (finding !== "ok") return translate(`reasoning.${finding}`);
        return translate(`reasoning.${oneOf(thoughtFields, field) ?? "none"}`);
      case "reasoningBack":
        if (finding !== "no") return translate(`reasoningBack.${finding}`);
        return translate("reasoningBack.no", { refused });
      case "outputLimit":
        if (finding !== "ok") return translate(`outputLimit.${finding}`);
        return translate(`outputLimit.${oneOf(limitFields, field) ?? "ok"}`);
      case "reasoningEffort": {
        if (finding !== "ok") return translate(`reasoningEffort.${finding}`);
        const values = typeof details["values"] === "string" ? details["values"] : "none";
        return translate("reasoningEffort.ok", { values });
      }
      default:
        return translate(`parameter.${finding}`, { name: translateName(name), refused });
    }
  }
}

function oneOf<Value extends string>(values: readonly Value[], given: unknown): Value | undefined {
  return values.find((value) => value === given);
}
