"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
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
  const save = useSave();
  const [label, setLabel] = useState("");
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<string>();
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
    const name = label.trim();
    const isDone = await save({
      change: () =>
        addKey(provider.id, { key: key.trim(), ...(name === "" ? {} : { label: name }) }),
      text: translate("added", { label: name === "" ? translate("title") : name }),
      conflictText: translate("tooMany", { max: limits.keysPerProvider }),
    });
    if (!isDone) return;
    onOpenChange(false);
    await onChanged();
  };

  return (
    <FormDialog
      title={translate("addTitle", { name: provider.name })}
      onOpenChange={onOpenChange}
      submitLabel={translate("add")}
      onSubmit={submit}
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
    </FormDialog>
  );
}
