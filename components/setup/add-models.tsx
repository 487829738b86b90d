"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { SubmitButton } from "@/components/ui/submit-button";
import { isAbort, toApiError, type ClientErrorCode } from "@/lib/client/api";
import { useTestSentence } from "@/lib/client/test-sentence";
import { useLoad } from "@/lib/client/use-load";
import type { DiscoveredModel } from "@/lib/contracts/discovery";
import type { ErrorDetails } from "@/lib/contracts/errors";
import { addModels, discoverModels, findProviders } from "./api";
import { ModelPicker } from "./model-picker";
import { StepActions } from "./step-actions";
import { StepTitle } from "./step-title";
import { suggestModel } from "./suggest-model";

type Props = {
  providerId: string;
  /** During set-up there is nothing yet: a model is proposed, and the first becomes the default. */
  isSetup: boolean;
  /** Where to go when they are added. */
  doneHref: string;
};

type Failure = { code: ClientErrorCode; details: ErrorDetails | null };

/** More models of a provider that is there already. Asks the provider what it has. */
export function AddModels({ providerId, isSetup, doneHref }: Props) {
  const translate = useTranslations("setup.models");
  const router = useRouter();
  const sayError = useTestSentence();
  const [picked, setPicked] = useState<string[]>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const [loaded, reload] = useLoad(providerId, async (signal) => {
    // Without its list, models can still be added by their names.
    let failure: Failure | null = null;
    const [providers, discovery] = await Promise.all([
      findProviders(signal),
      discoverModels(providerId, signal).catch((error: unknown) => {
        if (isAbort(error)) throw error;
        failure = toApiError(error);
        return { hasList: false, models: [] };
      }),
    ]);
    const name = providers.find(({ id }) => id === providerId)?.name ?? "";
    const isAdded = ({ modelId }: DiscoveredModel) => modelId !== null;
    const added = discovery.models.filter(isAdded).map((model) => model.name);
    const models = discovery.models.filter((model) => !isAdded(model)).map((model) => model.name);
    return { name, added, models, failure: failure as Failure | null };
  });

  const found = loaded.state === "ready" ? loaded.value : undefined;
  const failure = loaded.state === "failed" ? loaded.error : (found?.failure ?? null);
  const proposed = isSetup && found !== undefined ? suggestModel(found.models) : null;
  const chosen = picked ?? (proposed === null ? [] : [proposed]);

  const save = async () => {
    if (chosen.length === 0) {
      setProblem(translate("chooseOne"));
      return;
    }
    setIsBusy(true);
    try {
      await addModels(providerId, chosen);
      router.replace(doneHref);
      router.refresh();
    } catch (error) {
      const { code, details } = toApiError(error);
      setProblem(sayError(code, details));
      setIsBusy(false);
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) void save();
  };

  const title = isSetup ? translate("title") : translate("addTitle", { name: found?.name ?? "" });
  if (loaded.state === "loading") {
    return (
      <div role="status" className="flex flex-col gap-3">
        <p className="text-base text-ink-soft">{translate("loading")}</p>
        <Skeleton className="h-10" />
        <Skeleton className="h-40" />
      </div>
    );
  }
  return (
    <form method="post" noValidate onSubmit={onSubmit}>
      <StepTitle
        text={
          found === undefined || found.models.length > 0
            ? translate("text")
            : translate("emptyText", { name: found.name })
        }
      >
        {title}
      </StepTitle>
      <div className="flex flex-col gap-5">
        {failure !== null && (
          <div role="alert" className="flex flex-col items-start gap-3">
            <p className="text-bad">{sayError(failure.code, failure.details)}</p>
            <Button size="sm" onClick={reload}>
              {translate("retry")}
            </Button>
          </div>
        )}
        <ModelPicker
          models={found?.models ?? []}
          chosen={chosen}
          hasDefault={isSetup}
          onChange={(next) => {
            setProblem(undefined);
            setPicked(next);
          }}
        />
        {found !== undefined && found.added.length > 0 && (
          <p className="text-small break-words text-ink-faint">
            {translate("allOffered", { names: found.added.join(" · ") })}
          </p>
        )}
        <p role="alert" className="text-bad empty:hidden">
          {problem}
        </p>
      </div>
      <StepActions
        onBack={() => {
          router.back();
        }}
      >
        <SubmitButton size="lg" isBusy={isBusy}>
          {isSetup ? translate("finish") : translate("save", { count: chosen.length })}
        </SubmitButton>
      </StepActions>
    </form>
  );
}
