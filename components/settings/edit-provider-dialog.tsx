"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { limits } from "@/lib/contracts/limits";
import { providerConnectionSchema, type Provider } from "@/lib/contracts/providers";
import { patchProvider } from "./models-api";
import { useSave } from "./use-save";

type Props = {
  provider: Provider;
  onOpenChange: (isOpen: boolean) => void;
  onChanged: () => Promise<void>;
};

const { baseUrl: baseUrlSchema, key: keySchema } = providerConnectionSchema.shape;

/** Name, address and key. A stored key never goes to another server, so moving asks for one. */
export function EditProviderDialog({ provider, onOpenChange, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translateSetup = useTranslations("setup.connect");
  const translateCommon = useTranslations("common");
  const save = useSave();
  const formId = useId();
  const [name, setName] = useState(provider.name);
  const [baseUrl, setBaseUrl] = useState(provider.baseUrl);
  const [key, setKey] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  const address = baseUrlSchema.safeParse(baseUrl);
  const isElsewhere =
    address.success && new URL(address.data).origin !== new URL(provider.baseUrl).origin;
  const needsKey = isElsewhere && provider.hasKey;
  const errors = {
    name: name.trim() === "" ? translateSetup("nameMissing") : undefined,
    baseUrl: address.success ? undefined : translateSetup("baseUrlInvalid"),
    key: findKeyError(),
  };

  function findKeyError(): string | undefined {
    if (needsKey && key.trim() === "") return translateSetup("keyMissing");
    return keySchema.safeParse(key).success ? undefined : translateSetup("keyInvalid");
  }

  const submit = async () => {
    setIsChecked(true);
    if (Object.values(errors).some((error) => error !== undefined)) return;
    setIsBusy(true);
    const isDone = await save({
      change: () =>
        patchProvider(provider.id, {
          ...(name.trim() === provider.name ? {} : { name: name.trim() }),
          ...(address.data === provider.baseUrl ? {} : { baseUrl: address.data }),
          ...(key.trim() === "" ? {} : { key: key.trim() }),
        }),
    });
    setIsBusy(false);
    if (!isDone) return;
    onOpenChange(false);
    await onChanged();
  };

  return (
    <Dialog
      title={translate("editTitle", { name: provider.name })}
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
        <Field label={translateSetup("name")} error={isChecked ? errors.name : undefined}>
          <Input
            value={name}
            autoComplete="off"
            maxLength={limits.nameCharacters}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
        </Field>
        <Field label={translateSetup("baseUrl")} error={isChecked ? errors.baseUrl : undefined}>
          <Input
            type="url"
            inputMode="url"
            value={baseUrl}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => {
              setBaseUrl(event.currentTarget.value);
            }}
          />
        </Field>
        <Field
          label={translateSetup("key")}
          hint={describeKey()}
          error={isChecked ? errors.key : undefined}
        >
          <PasswordInput
            value={key}
            autoComplete="off"
            showLabel={translateSetup("show")}
            hideLabel={translateSetup("hide")}
            onChange={(event) => {
              setKey(event.currentTarget.value);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );

  function describeKey(): string {
    if (needsKey) return translate("keyNewOrigin");
    return provider.hasKey ? translate("keyKeep") : translateSetup("keyHintOptional");
  }
}
