"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Select } from "@/components/ui/select";
import type { ReasoningEffort } from "@/lib/contracts/parameters";
import { isEffortTaken } from "@/lib/domain/parameters/judge-parameter";
import { useParameter, useParameterPanel } from "./parameter-context";
import { ParameterRow } from "./parameter-row";

const efforts = [
  "none",
  "minimal",
  "low",
  "medium",
  "high",
  "xhigh",
] as const satisfies readonly ReasoningEffort[];

/** How long the model thinks first. */
export function ParameterEffort() {
  const translate = useTranslations("parameters");
  const id = useId();
  const { model } = useParameterPanel();
  const { value, set, isDisabled } = useParameter("reasoningEffort");
  return (
    <ParameterRow
      name="reasoningEffort"
      id={id}
      controlId={id}
      aside={
        <Select<ReasoningEffort | "default">
          id={id}
          className="w-44"
          disabled={isDisabled}
          aria-describedby={`${id}-about ${id}-note`}
          value={value ?? "default"}
          options={[
            { value: "default", label: translate("panel.default") },
            ...efforts.map((effort) => ({
              value: effort,
              label: translate(`efforts.${effort}`),
              isDisabled: !isEffortTaken(effort, model),
            })),
          ]}
          onValueChange={(effort) => {
            set(effort === "default" ? undefined : effort);
          }}
        />
      }
    />
  );
}
