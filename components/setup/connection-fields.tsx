"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { limits } from "@/lib/contracts/limits";
import type { ProviderPreset } from "@/lib/domain/providers/presets";
import { setKey, updateDraft, useDraft, useKey } from "./draft";
import type { ConnectionErrors } from "./use-connection-errors";
import { WhereKey } from "./where-key";

type Props = {
  /** Undefined for an address of one's own. */
  preset: ProviderPreset | undefined;
  errors: ConnectionErrors;
  /** Something changed that a test has to look at again. */
  onChange: () => void;
};

/** What has to be asked of a provider; what its preset knows is folded away. */
export function ConnectionFields({ preset, errors, onChange }: Props) {
  const translate = useTranslations("providers.presets");
  const fields = { errors, onChange };
  if (preset === undefined)
    return (
      <>
        <NameField errors={errors} />
        <AddressField {...fields} />
        <KeyField {...fields} />
      </>
    );
  // Everybody has an address of their own, or may well have.
  const isAddressAsked = preset.baseUrl === "" || !preset.needsKey;
  return (
    <>
      {isAddressAsked && <AddressField {...fields} preset={preset} />}
      {preset.needsApiVersion && <VersionField {...fields} />}
      <KeyField {...fields} preset={preset} />
      <WhereKey preset={preset} />
      <Folded
        label={translate(isAddressAsked ? "changeName" : "change")}
        isForced={errors.name !== undefined || (!isAddressAsked && errors.baseUrl !== undefined)}
      >
        <NameField errors={errors} />
        {!isAddressAsked && <AddressField {...fields} />}
      </Folded>
    </>
  );
}

type FoldedProps = { label: string; isForced: boolean; children: ReactNode };

/** What needs no answer mostly; open when there is something to put right in it. */
function Folded({ label, isForced, children }: FoldedProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="group"
      open={isOpen || isForced}
      onToggle={(event) => {
        setIsOpen(event.currentTarget.open);
      }}
    >
      <summary className="inline-flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-control text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform group-open:rotate-90"
        />
        {label}
      </summary>
      <div className="mt-3 flex flex-col gap-5">{children}</div>
    </details>
  );
}

function NameField({ errors }: Pick<Props, "errors">) {
  const translate = useTranslations("setup.connect");
  const { name } = useDraft();
  return (
    <Field label={translate("name")} hint={translate("nameHint")} error={errors.name}>
      <Input
        name="name"
        value={name}
        autoComplete="off"
        maxLength={limits.nameCharacters}
        onChange={(event) => {
          updateDraft({ name: event.currentTarget.value });
        }}
      />
    </Field>
  );
}

type FieldProps = Omit<Props, "preset"> & { preset?: ProviderPreset };

function AddressField({ preset, errors, onChange }: FieldProps) {
  const translate = useTranslations("setup.connect");
  const translatePresets = useTranslations("providers.presets");
  const { baseUrl } = useDraft();
  const isAzure = preset?.kind === "azure";
  return (
    <Field
      label={isAzure ? translatePresets("endpoint") : translate("baseUrl")}
      hint={isAzure ? translatePresets("endpointHint") : translate("baseUrlHint")}
      error={errors.baseUrl}
    >
      <Input
        name="baseUrl"
        type="url"
        inputMode="url"
        value={baseUrl}
        placeholder={preset?.baseUrlHint ?? "https://"}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => {
          updateDraft({ baseUrl: event.currentTarget.value });
          onChange();
        }}
      />
    </Field>
  );
}

function VersionField({ errors, onChange }: FieldProps) {
  const translate = useTranslations("providers.presets");
  const { apiVersion } = useDraft();
  return (
    <Field
      label={translate("apiVersion")}
      hint={translate("apiVersionHint")}
      error={errors.apiVersion}
    >
      <Input
        name="apiVersion"
        value={apiVersion}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={30}
        onChange={(event) => {
          updateDraft({ apiVersion: event.currentTarget.value });
          onChange();
        }}
      />
    </Field>
  );
}

function KeyField({ preset, errors, onChange }: FieldProps) {
  const translate = useTranslations("setup.connect");
  const key = useKey();
  return (
    <Field
      label={translate("key")}
      hint={preset?.needsKey === true ? translate("keyHint") : translate("keyHintOptional")}
      error={errors.key}
    >
      <PasswordInput
        name="key"
        value={key}
        placeholder={preset?.keyHint}
        autoComplete="off"
        data-1p-ignore
        showLabel={translate("show")}
        hideLabel={translate("hide")}
        onChange={(event) => {
          setKey(event.currentTarget.value);
          onChange();
        }}
      />
    </Field>
  );
}
