"use client";

import { useTranslations } from "next-intl";
import { useState, type SubmitEvent } from "react";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { toApiError } from "@/lib/client/api";
import { createProvider, testConnection } from "./api";
import { setKey, updateDraft, useDraft, useKey } from "./draft";
import { ModelPicker } from "./model-picker";
import { StepActions } from "./step-actions";
import { StepTitle } from "./step-title";
import { TestResult, type TestOutcome } from "./test-result";

type Props = { submitLabel: string; onBack: () => void; onDone: () => void };

/** The last question about a new provider: its models. Saves everything. */
export function ChooseModels({ submitLabel, onBack, onDone }: Props) {
  const translate = useTranslations("setup.models");
  const translateKey = useTranslations("setup.connect");
  const translatePresets = useTranslations("providers.presets");
  const draft = useDraft();
  const key = useKey();
  // Decided once: the field must not vanish while somebody types into it.
  const [needsKeyAgain] = useState(draft.usesKey && key === "");
  const [problem, setProblem] = useState<string>();
  const [outcome, setOutcome] = useState<TestOutcome>();
  const [isBusy, setIsBusy] = useState(false);
  const models = draft.models ?? [];
  const { chosen } = draft;
  const isAzure = draft.kind === "azure";

  const save = async () => {
    if (chosen.length === 0) {
      setProblem(translate("chooseOne"));
      return;
    }
    setIsBusy(true);
    setProblem(undefined);
    setOutcome(undefined);
    try {
      // A key that was pasted again has not been tested yet.
      const test = needsKeyAgain ? await testConnection(draft, key.trim()) : null;
      if (test?.isOk === false) {
        const code = test.errorCode ?? "provider_failed";
        setOutcome({ isOk: false, code, details: test.errorDetails });
      } else {
        await createProvider(draft, key.trim());
        onDone();
        return;
      }
    } catch (error) {
      const { code, details } = toApiError(error);
      setOutcome({ isOk: false, code, details });
    }
    setIsBusy(false);
  };

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) void save();
  };

  return (
    <form method="post" noValidate onSubmit={onSubmit}>
      <StepTitle text={describe()}>
        {isAzure ? translatePresets("deployments") : translate("title")}
      </StepTitle>
      <div className="flex flex-col gap-5">
        {needsKeyAgain && (
          <Field label={translateKey("key")} hint={translate("keyAgain")}>
            <PasswordInput
              value={key}
              autoComplete="off"
              showLabel={translateKey("show")}
              hideLabel={translateKey("hide")}
              onChange={(event) => {
                setKey(event.currentTarget.value);
              }}
            />
          </Field>
        )}
        <ModelPicker
          models={models}
          chosen={chosen}
          hasDefault
          onChange={(next) => {
            setProblem(undefined);
            updateDraft({ chosen: next });
          }}
        />
        <p role="alert" className="text-bad empty:hidden">
          {problem}
        </p>
        <TestResult outcome={outcome} />
      </div>
      <StepActions onBack={onBack}>
        <SubmitButton size="lg" isBusy={isBusy}>
          {submitLabel}
        </SubmitButton>
      </StepActions>
    </form>
  );

  function describe(): string {
    if (isAzure) return translatePresets("deploymentsText");
    return models.length > 0 ? translate("text") : translate("emptyText", { name: draft.name });
  }
}
