"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import type { Alias, AliasCreate } from "@/lib/contracts/aliases";
import { limits } from "@/lib/contracts/limits";
import type { Model } from "@/lib/contracts/providers";
import { AliasTargetsField } from "./alias-targets-field";

type Props = {
  /** null: a new one. */
  alias: Alias | null;
  models: Model[];
  onOpenChange: (isOpen: boolean) => void;
  onSave: (draft: AliasCreate) => Promise<void>;
};

type Problems = { name?: string | undefined; targets?: string | undefined; other?: string };

/** Names an alias, says what it is good for, and orders the models behind it. */
export function AliasDialog({ alias, models, onOpenChange, onSave }: Props) {
  const translate = useTranslations("aliases");
  const translateCommon = useTranslations("common");
  const sayError = useErrorSentence();
  const [name, setName] = useState(alias?.name ?? "");
  const [description, setDescription] = useState(alias?.description ?? "");
  const [targets, setTargets] = useState(alias?.targets.map(({ modelId }) => modelId) ?? []);
  const [problems, setProblems] = useState<Problems>({});

  const submit = async () => {
    const found: Problems = {
      ...(name.trim() === "" ? { name: translate("nameMissing") } : {}),
      ...(targets.length === 0 ? { targets: translate("targetsMissing") } : {}),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    try {
      await onSave({ name, description, targets });
      showToast({ text: translateCommon("saved") });
      onOpenChange(false);
    } catch (error) {
      const { code, details } = toApiError(error);
      const isTaken = code === "conflict" && details?.["field"] === "name";
      setProblems(isTaken ? { name: translate("nameTaken") } : { other: sayError(code, details) });
    }
  };

  return (
    <FormDialog
      title={alias === null ? translate("add") : translate("editTitle", { name: alias.name })}
      size="lg"
      onOpenChange={onOpenChange}
      problem={problems.other}
      onSubmit={submit}
    >
      <Field label={translate("name")} hint={translate("nameHint")} error={problems.name}>
        <Input
          value={name}
          autoComplete="off"
          maxLength={limits.nameCharacters}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
      </Field>
      <Field label={translate("description")} hint={translate("descriptionHint")}>
        <Textarea
          value={description}
          rows={2}
          maxLength={300}
          onChange={(event) => {
            setDescription(event.currentTarget.value);
          }}
        />
      </Field>
      <AliasTargetsField
        targets={targets}
        models={models}
        error={problems.targets}
        onChange={(next) => {
          setTargets(next);
          setProblems(({ targets: _, ...rest }) => rest);
        }}
      />
    </FormDialog>
  );
}
