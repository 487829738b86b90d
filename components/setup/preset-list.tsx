"use client";

import { clsx } from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { providerPresets } from "@/lib/domain/providers/presets";
import type { Draft } from "./draft";

type Props = {
  baseUrl: string;
  onChoose: (preset: Pick<Draft, "kind" | "name" | "baseUrl">) => void;
};

/** Well-known providers, which fill in name and address. */
export function PresetList({ baseUrl, onChoose }: Props) {
  const translate = useTranslations("setup.connect");
  const locale = useLocale();
  const presets = providerPresets.filter(({ kind }) => kind !== "openai");
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">{translate("preset")}</legend>
      <div className="flex flex-wrap gap-2">
        {presets.map((preset) => {
          const name = locale === "zh-CN" ? (preset.nameZh ?? preset.name) : preset.name;
          const isChosen = preset.baseUrl === baseUrl;
          return (
            <button
              key={preset.baseUrl}
              type="button"
              aria-pressed={isChosen}
              onClick={() => {
                onChoose({ kind: preset.kind, name, baseUrl: preset.baseUrl });
              }}
              className={clsx(
                "min-h-8 rounded-control border px-3 py-1 transition-colors",
                isChosen
                  ? "border-accent bg-accent-soft text-ink"
                  : "border-line-strong text-ink-soft hover:bg-hover hover:text-ink",
              )}
            >
              {name}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
