"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { useTestSentence } from "@/lib/client/test-sentence";
import { useLoad } from "@/lib/client/use-load";
import { addModels, discoverModels } from "./discover-api";
import { DiscoverList } from "./discover-list";
import { useSave } from "./use-save";

type Props = {
  provider: { id: string; name: string };
  onOpenChange: (isOpen: boolean) => void;
  onChanged: () => Promise<void>;
};

/** What a provider has, to choose from; a name that it does not list can be typed. */
export function DiscoverDialog({ provider, onOpenChange, onChanged }: Props) {
  const translate = useTranslations("aliases.discover");
  const translateCommon = useTranslations("common");
  const sayError = useTestSentence();
  const save = useSave();
  const [chosen, setChosen] = useState<string[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const [loaded, reload] = useLoad(provider.id, (signal) => discoverModels(provider.id, signal));
  const found = loaded.state === "ready" ? loaded.value : null;

  const add = async () => {
    setIsBusy(true);
    const isDone = await save({
      change: () => addModels(provider.id, chosen),
      text: translate("added", { count: chosen.length }),
    });
    setIsBusy(false);
    if (!isDone) return;
    onOpenChange(false);
    await onChanged();
  };

  return (
    <Dialog
      title={translate("title", { name: provider.name })}
      description={translate(found?.hasList === false ? "noList" : "text")}
      isOpen
      size="lg"
      onOpenChange={onOpenChange}
      footer={
        <>
          <p role="status" className="me-auto self-center text-ink-soft">
            {translate("chosen", { count: chosen.length })}
          </p>
          <Button
            onClick={() => {
              onOpenChange(false);
            }}
          >
            {translateCommon("cancel")}
          </Button>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            isBusy={isBusy}
            onClick={() => void add()}
          >
            {translate("add")}
          </Button>
        </>
      }
    >
      {loaded.state === "failed" && (
        <div role="alert" className="flex flex-wrap items-center gap-3">
          <p className="flex-1 basis-64 text-bad">
            {sayError(loaded.error.code, loaded.error.details)}
          </p>
          <Button size="sm" onClick={reload}>
            {translate("retry")}
          </Button>
        </div>
      )}
      {loaded.state === "loading" ? (
        <div role="status" className="flex flex-col gap-3">
          <p className="text-ink-soft">{translate("loading")}</p>
          <Skeleton className="h-10" />
          <Skeleton className="h-48" />
        </div>
      ) : (
        <DiscoverList models={found?.models ?? []} chosen={chosen} onChange={setChosen} />
      )}
    </Dialog>
  );
}
