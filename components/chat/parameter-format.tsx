"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
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
const firstFormat: Extract<ResponseFormat, { type: "json_schema" }> = {
  type: "json_schema",
  name: "answer",
  schema: {
    type: "object",
    properties: { answer: { type: "string" } },
    required: ["answer"],
    additionalProperties: false,
  },
};

/** Text, JSON, or JSON by a schema. */
export function ParameterFormat() {
  const translate = useTranslations("parameters.formats");
  const id = useId();
  const { model } = useParameterPanel();
  const { value, set, isDisabled } = useParameter("responseFormat");
  const type = value?.type ?? "text";
  /** Who chose another form by mistake finds the schema again. */
  const [schema, setSchema] = useState(firstFormat);
  if (value?.type === "json_schema" && value !== schema) setSchema(value);
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
            if (format === "json_schema") set(schema);
            else set(format === "text" ? undefined : { type: format });
          }}
        />
      }
    >
      {value?.type === "json_schema" && <ParameterSchema format={value} isDisabled={isDisabled} />}
    </ParameterRow>
  );
}
