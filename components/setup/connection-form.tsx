"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState, type SubmitEvent } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { toApiError, type ClientErrorCode } from "@/lib/client/api";
import { focusFirstInvalid } from "@/lib/client/forms";
import { useTestSentence } from "@/lib/client/test-sentence";
import type { ErrorDetails } from "@/lib/contracts/errors";
import { testConnection } from "./api";
import { ConnectionFields } from "./connection-fields";
import { findPreset, namePreset } from "./describe-preset";
import { updateDraft, useDraft, useKey, type Draft } from "./draft";
import { StepActions } from "./step-actions";
import { StepTitle } from "./step-title";
import { suggestModel } from "./suggest-model";
import { TestResult, type TestOutcome } from "./test-result";
import { useConnectionErrors, type ConnectionErrors } from "./use-connection-errors";

type Props = { kind: Draft["kind"]; onBack: () => void; onContinue: () => void };

/** Address and key of a provider, and a test that tells whether they work. */
export function ConnectionForm({ kind, onBack, onContinue }: Props) {
  const translate = useTranslations("setup.connect");
  const translatePresets = useTranslations("providers.presets");
  const locale = useLocale();
  const sayError = useTestSentence();
  const draft = useDraft();
  const key = useKey();
  const findErrors = useConnectionErrors();
  const [errors, setErrors] = useState<ConnectionErrors>({});
  const [outcome, setOutcome] = useState<TestOutcome>();
  const [isBusy, setIsBusy] = useState(false);
  const preset = findPreset(kind);

  const fail = (code: ClientErrorCode, details: ErrorDetails | null) => {
    // What is wrong with one field stands beside it.
    if (code === "provider_address_refused") setErrors({ baseUrl: sayError(code, details) });
    else setOutcome({ isOk: false, code, details });
  };

  const test = async (form: HTMLFormElement) => {
    const wrong = findErrors(draft, key);
    setErrors(wrong);
    setOutcome(undefined);
    if (focusFirstInvalid(form, Object.keys(wrong))) return;
    setIsBusy(true);
    try {
      const result = await testConnection(draft, key.trim());
      if (result.isOk) {
        const suggested = suggestModel(result.models);
        // A provider without a list leaves what was typed before.
        const kept = draft.chosen.filter(
          (name) => result.models.length === 0 || result.models.includes(name),
        );
        updateDraft({
          // The server may have found that `/v1` was missing.
          baseUrl: result.baseUrl,
          models: result.models,
          usesKey: key.trim() !== "",
          chosen: kept.length > 0 || suggested === null ? kept : [suggested],
        });
        setOutcome({ isOk: true, modelCount: result.models.length });
      } else {
        fail(result.errorCode ?? "provider_failed", result.errorDetails);
      }
    } catch (error) {
      const { code, details } = toApiError(error);
      fail(code, details);
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
      <StepTitle>
        {preset === undefined
          ? translate("compatibleTitle")
          : translatePresets("title", { name: namePreset(preset, locale) })}
      </StepTitle>
      <div className="flex flex-col gap-5">
        <ConnectionFields
          preset={preset}
          errors={errors}
          onChange={() => {
            setOutcome(undefined);
            updateDraft({ models: null });
          }}
        />
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
