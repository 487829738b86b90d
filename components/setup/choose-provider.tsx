"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import { useLoad } from "@/lib/client/use-load";
import type { FoundProvider } from "@/lib/contracts/providers";
import { enableDemo, findFound } from "./api";
import { ChoiceList, ChoiceRow } from "./choice-row";
import { startDraft } from "./draft";
import { PresetList } from "./preset-list";
import { StepTitle } from "./step-title";
import type { ConnectStep } from "./steps";
import { suggestModel } from "./suggest-model";

type Props = {
  title: string;
  isFirst: boolean;
  onStep: (step: ConnectStep) => void;
  onDone: () => void;
};

/** Which provider to connect: what was found first, then what can be typed in, then the demo. */
export function ChooseProvider({ title, isFirst, onStep, onDone }: Props) {
  const translate = useTranslations("setup.choose");
  const sayError = useErrorSentence();
  const [isBusy, setIsBusy] = useState(false);
  const [found] = useLoad("found", findFound);

  const chooseDemo = async () => {
    setIsBusy(true);
    try {
      await enableDemo();
      onDone();
    } catch (error) {
      const { code, details } = toApiError(error);
      showToast({ text: sayError(code, details), kind: "error" });
      setIsBusy(false);
    }
  };

  const chooseFound = (provider: FoundProvider) => {
    if (provider.providerId !== null) {
      onStep({ step: "models", providerId: provider.providerId });
      return;
    }
    const { kind, name, baseUrl, models } = provider;
    const suggested = suggestModel(models);
    startDraft({ kind, name, baseUrl, models, chosen: suggested === null ? [] : [suggested] });
    onStep({ step: "models", kind });
  };

  const hasFound = found.state === "ready" && found.value.length > 0;
  const describeFound = ({ baseUrl, models }: FoundProvider) =>
    translate("foundHint", { host: new URL(baseUrl).host, count: models.length });

  return (
    <>
      <StepTitle isFirst={isFirst} text={translate("text")}>
        {title}
      </StepTitle>
      <div role="status" className="text-ink-faint">
        {found.state === "loading" && <p className="mb-4 px-3">{translate("looking")}</p>}
      </div>
      {hasFound && (
        <ChoiceList title={translate("found")}>
          {found.value.map((provider) => (
            <ChoiceRow
              key={provider.baseUrl}
              title={
                provider.source === "environment"
                  ? translate("environment", { name: provider.name })
                  : provider.name
              }
              hint={describeFound(provider)}
              isBusy={isBusy}
              onChoose={() => {
                chooseFound(provider);
              }}
            />
          ))}
        </ChoiceList>
      )}
      <PresetList
        {...(hasFound ? { title: translate("others") } : {})}
        isBusy={isBusy}
        onChoose={(kind) => {
          onStep({ step: "connect", kind });
        }}
      />
      <ChoiceList>
        <ChoiceRow
          title={translate("compatible")}
          hint={translate("compatibleHint")}
          isBusy={isBusy}
          onChoose={() => {
            onStep({ step: "connect", kind: "openai-compatible" });
          }}
        />
        <ChoiceRow
          title={translate("demo")}
          hint={translate("demoHint")}
          isBusy={isBusy}
          onChoose={() => void chooseDemo()}
        />
      </ChoiceList>
    </>
  );
}
