"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { ApiError } from "@/lib/client/api";
import { useTestSentence } from "@/lib/client/test-sentence";
import { diagnosisStepNames, type DiagnosisStep } from "@/lib/contracts/diagnosis";
import type { Model } from "@/lib/contracts/providers";
import { DiagnosisNote, DiagnosisSteps } from "./diagnosis-note";
import { useDiagnosis } from "./use-diagnosis";

type Props = {
  providerId: string;
  /** Those that can be tried; with a single one there is nothing to choose. */
  models: Model[];
  onChanged: () => Promise<void>;
};

/** Tests a provider with one of its models, and shows the note: the new one, or the one kept. */
export function ProviderTest({ providerId, models, onChanged }: Props) {
  const translate = useTranslations("providers.test");
  const { examination, start, stop, clear } = useDiagnosis(providerId);
  const [chosenId, setChosenId] = useState(models.find(({ isEnabled }) => isEnabled)?.id);
  const [depth, setDepth] = useState<"full" | "quick">("full");
  const model = models.find(({ id }) => id === chosenId) ?? models[0];
  const isRunning = examination.state === "running";
  const kept = model?.diagnosis ?? null;

  const test = async () => {
    const isQuick = depth === "quick" || model === undefined;
    const modelId = model === undefined ? {} : { modelId: model.id };
    if (await start({ isQuick, ...modelId })) await onChanged();
  };

  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end gap-3">
        {models.length > 1 && (
          <Field label={translate("model")} className="min-w-0 flex-1 basis-56">
            <Select
              value={model?.id ?? ""}
              disabled={isRunning}
              options={models.map(({ id, label }) => ({ value: id, label }))}
              onValueChange={(id) => {
                setChosenId(id);
                clear();
              }}
            />
          </Field>
        )}
        {models.length > 0 && (
          <Field label={translate("depth")} className="min-w-0 flex-1 basis-40">
            <Select
              value={depth}
              disabled={isRunning}
              options={(["full", "quick"] as const).map((value) => ({
                value,
                label: translate(value),
              }))}
              onValueChange={setDepth}
            />
          </Field>
        )}
        {isRunning ? (
          <Button className="h-10" onClick={stop}>
            {translate("stop")}
          </Button>
        ) : (
          <Button className="h-10" variant="primary" onClick={() => void test()}>
            {examination.state === "done" || kept !== null
              ? translate("again")
              : translate("start")}
          </Button>
        )}
      </div>
      {models.length === 0 && <p className="text-ink-soft">{translate("noModels")}</p>}
      <div aria-live="polite" aria-busy={isRunning} className="flex flex-col gap-5">
        {examination.state === "running" && <Running steps={examination.steps} />}
        {examination.state === "done" && <DiagnosisNote diagnosis={examination.diagnosis} />}
        {examination.state === "failed" && <Failed {...examination} />}
        {examination.state === "stopped" && <p className="text-ink-soft">{translate("stopped")}</p>}
        {examination.state === "idle" && kept !== null && <DiagnosisNote diagnosis={kept} />}
      </div>
    </div>
  );
}

function Running({ steps }: { steps: readonly DiagnosisStep[] }) {
  const translate = useTranslations("providers.test");
  const done = steps.map(({ name }) => name);
  const next = diagnosisStepNames.find((name) => !done.includes(name));
  return (
    <>
      <DiagnosisSteps steps={steps} />
      {next !== undefined && (
        <p className="flex items-center gap-2.5 text-ink-soft">
          <LoaderCircle aria-hidden className="size-4 animate-spin motion-reduce:animate-none" />
          {translate("running", { name: translate(`names.${next}`) })}
        </p>
      )}
    </>
  );
}

function Failed({ error: { code, details } }: { error: ApiError }) {
  const translate = useTranslations("providers.test");
  const sayError = useTestSentence();
  const isBusy = code === "conflict" && details?.["reason"] === "running";
  return (
    <p role="alert" className="text-bad">
      {isBusy ? translate("busy") : translate("failed", { reason: sayError(code, details) })}
    </p>
  );
}
