"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ProviderPreset } from "@/lib/domain/providers/presets";

/** Where a key comes from, and what it looks like. */
export function WhereKey({ preset }: { preset: ProviderPreset }) {
  const translate = useTranslations("providers.presets");
  const { kind, keyUrl, keyHint } = preset;
  if (keyUrl === undefined) return <p className="-mt-2 text-ink-soft">{translate("hosts")}</p>;
  const link = (text: ReactNode) => (
    <a
      href={keyUrl}
      target="_blank"
      rel="noopener noreferrer"
      className="rounded-sm text-accent underline underline-offset-4"
    >
      {text}
    </a>
  );
  return (
    <p className="-mt-2 text-ink-soft">
      {kind === "azure"
        ? translate.rich("azureWhere", { link })
        : translate.rich("where", { link, host: new URL(keyUrl).host, hint: keyHint ?? "none" })}
      {kind === "ark" && <span className="mt-1 block">{translate("arkModels")}</span>}
    </p>
  );
}
