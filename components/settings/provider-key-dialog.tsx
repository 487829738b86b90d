"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { limits } from "@/lib/contracts/limits";
import { providerKeyCreateSchema, type Provider } from "@/lib/contracts/providers";
import { providerPresets } from "@/lib/domain/providers/presets";
import { addKey } from "./provider-api";
import { useSave } from "./use-save";

type Props = {
  provider: Provider;
  onOpenChange: (isOpen: boolean) => void;
  onChanged: () => Promise<void>;
};

/** One more key. What was typed stays when it could not be saved. */
export function ProviderKeyDialog({ provider, onOpenChange, onChanged }: Props) {
  const translate = useTranslations("providers.keys");
  const translateCommon = useTranslations("common");
  const save = useSave();
  const formId = useId();
  const [label, setLabel] = useState("");
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const preset = providerPresets.find(({ kind }) => kind === provider.kind);

  const submit = async () => {
    if (key.trim() === "") {
      setProblem(translate("keyMissing"));
      return;
    }
    if (!providerKeyCreateSchema.shape.key.safeParse(key).success) {
      setProblem(translate("keyInvalid"));
      return;
    }
    setIsBusy(true);
    const name = label.trim();
    const isDone = await save({
      change: () =>
        addKey(provider.id, { key: key.trim(), ...(name === "" ? {} : { label: name }) }),
      text: translate("added", { label: name === "" ? translate("title") : name }),
      conflictText: translate("tooMany", { max: limits.keysPerProvider }),
    });
    setIsBusy(false);
    if (!isDone) return;
    onOpenChange(false);
    await onChanged();
  };

  return (
    <Dialog
      title={translate("addTitle", { name: provider.name })}
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
            {translate("add")}
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
        <Field label={translate("key")} hint={translate("keyHint")} error={problem}>
          <PasswordInput
            value={key}
            autoComplete="off"
            data-1p-ignore
            placeholder={preset?.keyHint}
            showLabel={translate("show")}
            hideLabel={translate("hide")}
            onChange={(event) => {
              setKey(event.currentTarget.value);
              setProblem(undefined);
            }}
          />
        </Field>
        <Field label={translate("label")} hint={translate("labelHint")}>
          <Input
            value={label}
            placeholder={translate("labelPlaceholder")}
            autoComplete="off"
            maxLength={limits.nameCharacters}
            onChange={(event) => {
              setLabel(event.currentTarget.value);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
