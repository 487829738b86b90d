"use client";

import { Braces, Brain, Image, Wrench, type LucideIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { showPrice, showWindow } from "@/lib/client/model-facts";
import type { ModelOption } from "@/lib/contracts/providers";

const abilities = [
  ["vision", Image],
  ["reasoning", Brain],
  ["json", Braces],
  ["tools", Wrench],
] as const satisfies readonly (readonly [keyof ModelOption["capabilities"], LucideIcon])[];

/** What a model is known to do beside answering. */
export function ModelAbilities({ model }: { model: ModelOption }) {
  const translate = useTranslations("parameters.picker.abilities");
  const known = abilities.filter(([name]) => model.capabilities[name] === "yes");
  if (known.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-x-2.5 gap-y-0.5">
      {known.map(([name, Icon]) => (
        <span key={name} className="inline-flex items-center gap-1">
          <Icon aria-hidden className="size-3.5 shrink-0" />
          {translate(name)}
        </span>
      ))}
    </span>
  );
}

/** What one should know before choosing a model, in a few words each: its window and its price. */
export function useModelFacts(): (model: ModelOption) => string[] {
  const translate = useTranslations("parameters.picker");
  const locale = useLocale();
  return ({ contextWindow, price, isDemo }) => [
    ...(contextWindow === null ? [] : [translate("window", { size: showWindow(contextWindow) })]),
    isDemo ? translate("free") : price === null ? translate("priceUnknown") : sayPrice(price),
  ];

  function sayPrice(price: NonNullable<ModelOption["price"]>): string {
    const isFree = price.inputMicros === 0 && price.outputMicros === 0;
    return isFree ? translate("free") : translate("priceShort", showPrice(price, locale));
  }
}

/** The same in the button, where there is room for it. */
export function CurrentModelFacts({ model }: { model: ModelOption }) {
  const listFacts = useModelFacts();
  return (
    <span className="ms-1.5 hidden shrink-0 text-small text-ink-faint tabular-nums lg:inline">
      {listFacts(model).join(" · ")}
    </span>
  );
}
