"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useHydrated } from "@/lib/client/use-hydrated";
import { AddModels } from "./add-models";
import { ChooseModels } from "./choose-models";
import { ChooseProvider } from "./choose-provider";
import { ConnectionForm } from "./connection-form";
import { clearDraft, startDraft, useDraft, type Draft } from "./draft";
import { describePreset } from "./describe-preset";
import { useStep, type ConnectStep } from "./steps";

type Props = {
  /** The first question. */
  title: string;
  /** What the last button says. */
  submitLabel: string;
  /** Where to go when a model is there. */
  doneHref: string;
};

/** From "which provider?" to its models, one question at a time; the address knows the step. */
export function ConnectFlow({ title, submitLabel, doneHref }: Props) {
  const router = useRouter();
  const [step, go] = useStep();
  const [hasMoved, setHasMoved] = useState(false);
  const isHydrated = useHydrated();

  const onStep = (next: ConnectStep) => {
    setHasMoved(true);
    go(next);
  };
  const onDone = () => {
    router.replace(doneHref);
    router.refresh();
    clearDraft();
  };

  if (step.step === "choose")
    return <ChooseProvider title={title} isFirst={!hasMoved} onStep={onStep} onDone={onDone} />;
  // What was filled in is known to the browser only.
  if (!isHydrated) return <StepSkeleton />;
  if ("providerId" in step) {
    return <AddModels providerId={step.providerId} isSetup doneHref={doneHref} />;
  }
  return (
    <NewProvider
      key={step.kind}
      kind={step.kind}
      isAtModels={step.step === "models"}
      submitLabel={submitLabel}
      onStep={onStep}
      onDone={onDone}
    />
  );
}

type NewProviderProps = {
  kind: Draft["kind"];
  isAtModels: boolean;
  submitLabel: string;
  onStep: (step: ConnectStep) => void;
  onDone: () => void;
};

function NewProvider({ kind, isAtModels, submitLabel, onStep, onDone }: NewProviderProps) {
  const draft = useDraft();
  const locale = useLocale();
  const isOfKind = draft.kind === kind;

  useEffect(() => {
    if (!isOfKind) startDraft(describePreset(kind, locale));
  }, [isOfKind, kind, locale]);

  if (isAtModels && isOfKind && draft.models !== null) {
    return (
      <ChooseModels
        submitLabel={submitLabel}
        onBack={() => {
          window.history.back();
        }}
        onDone={onDone}
      />
    );
  }
  return (
    <ConnectionForm
      key={kind}
      kind={kind}
      onBack={() => {
        onStep({ step: "choose" });
      }}
      onContinue={() => {
        onStep({ step: "models", kind });
      }}
    />
  );
}

function StepSkeleton() {
  const translate = useTranslations("common");
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">{translate("loading")}</span>
      <Skeleton className="h-8 w-3/4" />
      <Skeleton className="h-10" />
      <Skeleton className="h-10" />
    </div>
  );
}
