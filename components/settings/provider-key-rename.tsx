"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { limits } from "@/lib/contracts/limits";

type Props = {
  label: string;
  onOpenChange: (isOpen: boolean) => void;
  onSave: (label: string) => Promise<boolean>;
};

/** Another name for a key. */
export function RenameKeyDialog({ label, onOpenChange, onSave }: Props) {
  const translate = useTranslations("providers.keys");
  const [text, setText] = useState(label);
  const [problem, setProblem] = useState<string>();

  const submit = async () => {
    if (text.trim() === "") {
      setProblem(translate("labelMissing"));
      return;
    }
    const isDone = await onSave(text.trim());
    if (isDone) onOpenChange(false);
  };

  return (
    <FormDialog
      title={translate("renameTitle", { label })}
      onOpenChange={onOpenChange}
      onSubmit={submit}
    >
      <Field label={translate("label")} hint={translate("labelHint")} error={problem}>
        <Input
          value={text}
          autoComplete="off"
          maxLength={limits.nameCharacters}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
      </Field>
    </FormDialog>
  );
}
