"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { AliasSection } from "./alias-section";
import { HealthProvider } from "./health-context";
import { readCatalogue, type Catalogue } from "./models-api";
import { ProviderSection } from "./provider-section";

/** Every provider with its models. What is changed is read anew, since one change moves others. */
export function ModelSettings({ initial }: { initial: Catalogue }) {
  const translate = useTranslations("settings.models");
  const [{ providers, models, aliases }, setCatalogue] = useState(initial);
  const refresh = async () => {
    setCatalogue(await readCatalogue());
  };

  return (
    <HealthProvider>
      {providers.length > 0 && (
        <div className="mb-12">
          <AliasSection aliases={aliases} models={models} onChanged={refresh} />
        </div>
      )}
      <div className="mb-8 flex flex-wrap items-start justify-between gap-4">
        <p className="flex-1 basis-64 text-pretty text-ink-soft">
          {providers.length === 0 ? translate("empty") : translate("text")}
        </p>
        <Button asChild variant={providers.length === 0 ? "primary" : "secondary"}>
          <Link href="/settings/models/new" isPlain>
            <Plus aria-hidden />
            {translate("add")}
          </Link>
        </Button>
      </div>
      {providers.map((provider) => (
        <ProviderSection
          key={provider.id}
          provider={provider}
          models={models.filter(({ providerId }) => providerId === provider.id)}
          onChanged={refresh}
        />
      ))}
    </HealthProvider>
  );
}
