"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { toApiError } from "@/lib/client/api";
import { useTestSentence } from "@/lib/client/test-sentence";
import { showToast } from "@/lib/client/toasts";
import { limits } from "@/lib/contracts/limits";
import {
  providerConnectionSchema,
  providerPatchSchema,
  type Provider,
} from "@/lib/contracts/providers";
import { patchProvider } from "./models-api";

type Props = {
  provider: Provider;
  onOpenChange: (isOpen: boolean) => void;
  onChanged: () => Promise<void>;
};

const { baseUrl: baseUrlSchema, key: keySchema } = providerConnectionSchema.shape;
const versionSchema = providerPatchSchema.shape.apiVersion;

type Errors = Partial<Record<"name" | "baseUrl" | "apiVersion" | "key" | "all", string>>;

/** Name and address. Stored keys never go to another server, so moving asks for one. */
export function EditProviderDialog({ provider, onOpenChange, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translateSetup = useTranslations("setup.connect");
  const translatePresets = useTranslations("providers.presets");
  const translateCommon = useTranslations("common");
  const sayError = useTestSentence();
  const [name, setName] = useState(provider.name);
  const [baseUrl, setBaseUrl] = useState(provider.baseUrl);
  const [apiVersion, setApiVersion] = useState(provider.apiVersion ?? "");
  const [key, setKey] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const isAzure = provider.kind === "azure";

  const address = baseUrlSchema.safeParse(baseUrl);
  const isElsewhere =
    address.success && new URL(address.data).origin !== new URL(provider.baseUrl).origin;
  const needsKey = isElsewhere && provider.hasKey;

  const findErrors = (): Errors => ({
    ...(name.trim() === "" ? { name: translateSetup("nameMissing") } : {}),
    ...(address.success
      ? {}
      : {
          baseUrl: isAzure ? translatePresets("endpointInvalid") : translateSetup("baseUrlInvalid"),
        }),
    ...(isAzure && !versionSchema.safeParse(apiVersion.trim()).success
      ? { apiVersion: translatePresets("apiVersionInvalid") }
      : {}),
    ...(needsKey && key.trim() === "" ? { key: translateSetup("keyMissing") } : {}),
    ...(keySchema.safeParse(key).success ? {} : { key: translateSetup("keyInvalid") }),
  });

  const submit = async () => {
    const wrong = findErrors();
    setErrors(wrong);
    if (!address.success || Object.keys(wrong).length > 0) return;
    try {
      await patchProvider(provider.id, {
        ...(name.trim() === provider.name ? {} : { name: name.trim() }),
        ...(address.data === provider.baseUrl ? {} : { baseUrl: address.data }),
        ...(isAzure && apiVersion.trim() !== provider.apiVersion
          ? { apiVersion: apiVersion.trim() }
          : {}),
        ...(isElsewhere && key.trim() !== "" ? { key: key.trim() } : {}),
      });
      showToast({ text: translateCommon("saved") });
      onOpenChange(false);
      await onChanged();
    } catch (error) {
      const { code, details } = toApiError(error);
      const field = code === "provider_address_refused" ? "baseUrl" : "all";
      setErrors({ [field]: sayError(code, details) });
    }
  };

  return (
    <FormDialog
      title={translate("editTitle", { name: provider.name })}
      onOpenChange={onOpenChange}
      problem={errors.all}
      onSubmit={submit}
    >
      <Field label={translateSetup("name")} error={errors.name}>
        <Input
          value={name}
          autoComplete="off"
          maxLength={limits.nameCharacters}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
      </Field>
      <Field
        label={isAzure ? translatePresets("endpoint") : translateSetup("baseUrl")}
        error={errors.baseUrl}
      >
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
      {isAzure && (
        <Field
          label={translatePresets("apiVersion")}
          hint={translatePresets("apiVersionHint")}
          error={errors.apiVersion}
        >
          <Input
            value={apiVersion}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => {
              setApiVersion(event.currentTarget.value);
            }}
          />
        </Field>
      )}
      {isElsewhere && (
        <Field
          label={translateSetup("key")}
          hint={needsKey ? translate("keyNewOrigin") : translateSetup("keyHintOptional")}
          error={errors.key}
        >
          <PasswordInput
            value={key}
            autoComplete="off"
            data-1p-ignore
            showLabel={translateSetup("show")}
            hideLabel={translateSetup("hide")}
            onChange={(event) => {
              setKey(event.currentTarget.value);
            }}
          />
        </Field>
      )}
    </FormDialog>
  );
}
