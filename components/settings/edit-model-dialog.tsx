"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { limits } from "@/lib/contracts/limits";
import { modelPatchSchema, type Model, type ModelPatch } from "@/lib/contracts/providers";
import { readWholeNumber } from "./whole-number";
import { useSave } from "./use-save";

type Props = {
  model: Model;
  onOpenChange: (isOpen: boolean) => void;
  onSave: (patch: ModelPatch) => Promise<void>;
};

/** How a model is labelled, and how much it takes in. */
export function EditModelDialog({ model, onOpenChange, onSave }: Props) {
  const translate = useTranslations("settings.models");
  const translateCommon = useTranslations("common");
  const save = useSave();
  const formId = useId();
  const [label, setLabel] = useState(model.label);
  const [contextWindow, setContextWindow] = useState(String(model.contextWindow ?? ""));
  const [isChecked, setIsChecked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  const tokens = contextWindow.trim() === "" ? null : readWholeNumber(contextWindow);
  const isWindowRight = modelPatchSchema.shape.contextWindow.safeParse(tokens).success;

  const submit = async () => {
    setIsChecked(true);
    if (!isWindowRight) return;
    setIsBusy(true);
    // Without a label of its own a model goes by its name.
    const before = { label: model.label, contextWindow: model.contextWindow };
    const after = { label: label.trim() === "" ? model.name : label, contextWindow: tokens };
    const isDone = await save({ change: () => onSave(after), undo: () => onSave(before) });
    setIsBusy(false);
    if (isDone) onOpenChange(false);
  };

  return (
    <Dialog
      title={translate("editModel", { name: model.name })}
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
        className="flex flex-col gap-4 pt-1"
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        <Field label={translate("label")} hint={translate("labelHint")}>
          <Input
            value={label}
            placeholder={model.name}
            autoComplete="off"
            maxLength={limits.nameCharacters}
            onChange={(event) => {
              setLabel(event.currentTarget.value);
            }}
          />
        </Field>
        <Field
          label={translate("contextWindow")}
          hint={translate("contextWindowHint")}
          error={isChecked && !isWindowRight ? translate("contextWindowInvalid") : undefined}
        >
          <Input
            value={contextWindow}
            inputMode="numeric"
            autoComplete="off"
            className="tabular-nums"
            placeholder="128000"
            maxLength={12}
            onChange={(event) => {
              setContextWindow(event.currentTarget.value);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
