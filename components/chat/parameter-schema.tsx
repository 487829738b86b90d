"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { ResponseFormat } from "@/lib/contracts/parameters";
import { schemaNamePattern, type SchemaFault } from "@/lib/domain/parameters/check-schema";
import { useParameter } from "./parameter-context";
import { useSchemaDraft } from "./use-schema-draft";

type ParameterSchemaProps = {
  format: Extract<ResponseFormat, { type: "json_schema" }>;
  isDisabled: boolean;
};

/** The schema that an answer has to fit. What is not valid yet is kept, and not in use. */
export function ParameterSchema({ format, isDisabled }: ParameterSchemaProps) {
  const translate = useTranslations("parameters.schema");
  const { set } = useParameter("responseFormat");
  const [name, setName] = useState(format.name);
  const { text, fault, write } = useSchemaDraft(format.schema, (schema) => {
    set({ ...format, schema });
  });
  const isNameWrong = !schemaNamePattern.test(name);
  const sayFault = useFaultSentence();
  return (
    <div className="mt-1 flex flex-col gap-3 border-s-2 border-line ps-3">
      <Field label={translate("name")} error={isNameWrong ? translate("nameError") : null}>
        <Input
          value={name}
          maxLength={100}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          disabled={isDisabled}
          className="h-9! px-2.5! font-mono"
          onChange={(event) => {
            const next = event.currentTarget.value;
            setName(next);
            if (schemaNamePattern.test(next)) set({ ...format, name: next });
          }}
        />
      </Field>
      <Field
        label={translate("text")}
        hint={fault === null ? translate("valid") : null}
        error={fault === null ? null : sayFault(fault)}
      >
        <Textarea
          value={text}
          rows={8}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          disabled={isDisabled}
          className="max-h-72 min-h-36 font-mono text-base! sm:text-small!"
          onChange={(event) => {
            write(event.currentTarget.value);
          }}
        />
      </Field>
    </div>
  );
}

function useFaultSentence(): (fault: SchemaFault) => string {
  const translate = useTranslations("parameters.schema");
  return (fault) =>
    fault.kind === "syntax" && fault.place !== null
      ? translate("syntaxAt", fault.place)
      : translate(fault.kind);
}
