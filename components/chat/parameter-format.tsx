"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Select } from "@/components/ui/select";
import type { ResponseFormat } from "@/lib/contracts/parameters";
import { isFormatTaken } from "@/lib/domain/parameters/judge-parameter";
import { useParameter, useParameterPanel } from "./parameter-context";
import { ParameterRow } from "./parameter-row";
import { ParameterSchema } from "./parameter-schema";

const formats = [
  "text",
  "json",
  "json_schema",
] as const satisfies readonly ResponseFormat["type"][];

/** Something to begin with; the strictest of providers take it as it is. */
const firstSchema = {
  type: "object",
  properties: { answer: { type: "string" } },
  required: ["answer"],
  additionalProperties: false,
};

/** Text, JSON, or JSON by a schema. */
export function ParameterFormat() {
  const translate = useTranslations("parameters.formats");
  const id = useId();
  const { model } = useParameterPanel();
  const { value, set, isDisabled } = useParameter("responseFormat");
  const type = value?.type ?? "text";
  return (
    <ParameterRow
      name="responseFormat"
      id={id}
      controlId={id}
      aside={
        <Select<ResponseFormat["type"]>
          id={id}
          className="w-52"
          disabled={isDisabled}
          aria-describedby={`${id}-about ${id}-note`}
          value={type}
          options={formats.map((format) => ({
            value: format,
            label: translate(format),
            // A schema is told in words where JSON is all that is taken.
            isDisabled: !isFormatTaken(format === "json_schema" ? "json" : format, model),
          }))}
          onValueChange={(format) => {
            if (format === "json_schema") {
              set({ type: format, name: "answer", schema: firstSchema });
            } else set(format === "text" ? undefined : { type: format });
          }}
        />
      }
    >
      {value?.type === "json_schema" && <ParameterSchema format={value} isDisabled={isDisabled} />}
    </ParameterRow>
  );
}
