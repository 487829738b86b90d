"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
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
  const translateCommon = useTranslations("common");
  const formId = useId();
  const [text, setText] = useState(label);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  const submit = async () => {
    if (text.trim() === "") {
      setProblem(translate("labelMissing"));
      return;
    }
    setIsBusy(true);
    const isDone = await onSave(text.trim());
    setIsBusy(false);
    if (isDone) onOpenChange(false);
  };

  return (
    <Dialog
      title={translate("renameTitle", { label })}
      isOpen
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button
            onClick={() => {
              onOpenChange(false);
            }}
          >
            {translateCommon("cancel")}
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {translateCommon("save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        noValidate
        className="pt-1"
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
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
      </form>
    </Dialog>
  );
}
