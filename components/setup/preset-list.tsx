"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ProviderPreset } from "@/lib/domain/providers/presets";
import { groupPresets, namePreset } from "./describe-preset";
import type { Draft } from "./draft";

type Props = {
  /** Left out where the page's own heading says it already. */
  title?: string;
  isBusy: boolean;
  onChoose: (kind: Draft["kind"]) => void;
};

/** Well-known providers; each fills in what is known of it and asks for the rest. */
export function PresetList({ title, isBusy, onChoose }: Props) {
  const translate = useTranslations("providers.presets");
  const locale = useLocale();
  const { cloud, own } = groupPresets(locale);
  return (
    <section className="mb-6 px-3 not-first-of-type:mt-6">
      {title !== undefined && (
        <h2 className="mb-3 text-small font-medium text-ink-faint">{title}</h2>
      )}
      {(
        [
          ["cloud", cloud],
          ["own", own],
        ] as const
      ).map(([group, presets]) => (
        <div key={group} className="not-first:mt-5">
          <p id={`presets-${group}`} className="mb-2 text-ink-soft">
            {translate(group)}
          </p>
          <ul aria-labelledby={`presets-${group}`} className="flex flex-wrap gap-2">
            {presets.map((preset) => (
              <PresetButton
                key={preset.kind}
                preset={preset}
                locale={locale}
                isBusy={isBusy}
                onChoose={onChoose}
              />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

type PresetButtonProps = Omit<Props, "title"> & { preset: ProviderPreset; locale: string };

function PresetButton({ preset, locale, isBusy, onChoose }: PresetButtonProps) {
  return (
    <li>
      <button
        type="button"
        aria-disabled={isBusy}
        onClick={() => {
          if (!isBusy) onChoose(preset.kind);
        }}
        className="min-h-10 rounded-control border border-line-strong px-3.5 text-ink transition-colors hover:border-ink-faint hover:bg-hover"
      >
        {namePreset(preset, locale)}
      </button>
    </li>
  );
}
