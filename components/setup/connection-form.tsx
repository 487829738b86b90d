"use client";

import { useTranslations } from "next-intl";
import { useState, type SubmitEvent } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { toApiError } from "@/lib/client/api";
import { focusFirstInvalid } from "@/lib/client/forms";
import { limits } from "@/lib/contracts/limits";
import { providerConnectionSchema } from "@/lib/contracts/providers";
import { providerPresets } from "@/lib/domain/providers/presets";
import { testConnection } from "./api";
import { setKey, updateDraft, useDraft, useKey, type Draft } from "./draft";
import { PresetList } from "./preset-list";
import { StepActions } from "./step-actions";
import { StepTitle } from "./step-title";
import { suggestModel } from "./suggest-model";
import { TestResult, type TestOutcome } from "./test-result";

type Props = { kind: Draft["kind"]; onBack: () => void; onContinue: () => void };

type Errors = { name?: string; baseUrl?: string; key?: string };

/** Address and key of a provider, and a test that tells whether they work. */
export function ConnectionForm({ kind, onBack, onContinue }: Props) {
  const translate = useTranslations("setup.connect");
  const draft = useDraft();
  const key = useKey();
  const [errors, setErrors] = useState<Errors>({});
  const [outcome, setOutcome] = useState<TestOutcome>();
  const [isBusy, setIsBusy] = useState(false);
  const isOpenai = kind === "openai";

  const change = (patch: Partial<Draft>) => {
    setOutcome(undefined);
    updateDraft({ ...patch, models: null });
  };

  const findErrors = (): Errors => ({
    ...(draft.name.trim() === "" ? { name: translate("nameMissing") } : {}),
    ...(providerConnectionSchema.shape.baseUrl.safeParse(draft.baseUrl).success
      ? {}
      : { baseUrl: translate("baseUrlInvalid") }),
    ...(isOpenai && key.trim() === "" ? { key: translate("keyMissing") } : {}),
    ...(providerConnectionSchema.shape.key.safeParse(key).success
      ? {}
      : { key: translate("keyInvalid") }),
  });

  const test = async (form: HTMLFormElement) => {
    const wrong = findErrors();
    setErrors(wrong);
    setOutcome(undefined);
    if (focusFirstInvalid(form, Object.keys(wrong))) return;
    setIsBusy(true);
    try {
      const result = await testConnection(draft, key.trim());
      if (result.isOk) {
        const suggested = suggestModel(result.models);
        const kept = draft.chosen.filter((name) => result.models.includes(name));
        updateDraft({
          // The server may have found that `/v1` was missing.
          baseUrl: result.baseUrl,
          models: result.models,
          usesKey: key.trim() !== "",
          chosen: kept.length > 0 || suggested === null ? kept : [suggested],
        });
        setOutcome({ isOk: true, modelCount: result.models.length });
      } else {
        const { errorCode, errorDetails } = result;
        setOutcome({ isOk: false, code: errorCode ?? "provider_failed", details: errorDetails });
      }
    } catch (error) {
      const { code, details } = toApiError(error);
      setOutcome({ isOk: false, code, details });
    }
    setIsBusy(false);
  };

  const isTested = outcome?.isOk === true;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    if (isTested) onContinue();
    else void test(event.currentTarget);
  };

  return (
    <form method="post" noValidate onSubmit={onSubmit}>
      <StepTitle>{isOpenai ? translate("openaiTitle") : translate("compatibleTitle")}</StepTitle>
      <div className="flex flex-col gap-5">
        {!isOpenai && (
          <>
            <PresetList
              baseUrl={draft.baseUrl}
              onChoose={(preset) => {
                change(preset);
                setErrors({});
              }}
            />
            <Field label={translate("name")} hint={translate("nameHint")} error={errors.name}>
              <Input
                name="name"
                value={draft.name}
                autoComplete="off"
                maxLength={limits.nameCharacters}
                onChange={(event) => {
                  updateDraft({ name: event.currentTarget.value });
                }}
              />
            </Field>
            <Field
              label={translate("baseUrl")}
              hint={translate("baseUrlHint")}
              error={errors.baseUrl}
            >
              <Input
                name="baseUrl"
                type="url"
                inputMode="url"
                value={draft.baseUrl}
                placeholder="https://"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => {
                  const baseUrl = event.currentTarget.value;
                  change({ baseUrl, kind: kindOf(baseUrl) });
                }}
              />
            </Field>
          </>
        )}
        <Field
          label={translate("key")}
          hint={isOpenai ? translate("keyHint") : translate("keyHintOptional")}
          error={errors.key}
        >
          <PasswordInput
            name="key"
            value={key}
            autoComplete="off"
            data-1p-ignore
            showLabel={translate("show")}
            hideLabel={translate("hide")}
            onChange={(event) => {
              setKey(event.currentTarget.value);
              change({});
            }}
          />
        </Field>
        {isOpenai && (
          <p className="-mt-2 text-ink-soft">
            {translate.rich("whereOpenai", {
              link: (text) => (
                <a
                  href="https://platform.openai.com/api-keys"
                  target="_blank"
                  rel="noopener noreferrer"
                  className="text-accent underline underline-offset-4"
                >
                  {text}
                </a>
              ),
            })}
          </p>
        )}
        <TestResult outcome={outcome} />
      </div>
      <StepActions onBack={onBack}>
        <SubmitButton size="lg" isBusy={isBusy}>
          {isTested ? translate("continue") : translate("test")}
        </SubmitButton>
      </StepActions>
    </form>
  );
}

/** Ollama and LM Studio are known by their address; anything else is just compatible. */
function kindOf(baseUrl: string): Draft["kind"] {
  const preset = providerPresets.find((one) => one.baseUrl === baseUrl && one.kind !== "openai");
  return preset?.kind ?? "openai-compatible";
}
