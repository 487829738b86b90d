"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import type { Model, Provider } from "@/lib/contracts/providers";
import { ProviderTest } from "./provider-test";

type Props = {
  provider: Provider;
  models: Model[];
  onOpenChange: (isOpen: boolean) => void;
  onChanged: () => Promise<void>;
};

/** The test of a provider, over the list of them. Closing it stops a test that is under way. */
export function ProviderTestDialog({ provider, models, onOpenChange, onChanged }: Props) {
  const translate = useTranslations("providers.test");
  return (
    <Dialog
      size="lg"
      title={translate("title", { name: provider.name })}
      description={translate("text")}
      isOpen
      onOpenChange={onOpenChange}
    >
      <ProviderTest providerId={provider.id} models={models} onChanged={onChanged} />
    </Dialog>
  );
}
