"use client";

import { clsx } from "clsx";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ModelOption } from "@/lib/contracts/providers";
import { ModelAbilities, useModelFacts } from "./model-facts";

type ModelRowProps = {
  id: string;
  model: ModelOption;
  isChosen: boolean;
  /** The keyboard is at it. */
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
};

/** One of the models to choose from, with what it can do and what it costs. */
export function ModelRow({ id, model, isChosen, isActive, onPoint, onChoose }: ModelRowProps) {
  const translate = useTranslations("parameters.picker");
  const listFacts = useModelFacts();
  const facts = [
    model.isDemo ? translate("demo") : model.providerName,
    ...listFacts(model),
    ...(model.targetCount > 1 ? [translate("behind", { count: model.targetCount })] : []),
  ];
  return (
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-facts`}
      ref={isActive ? scrollIntoSight : null}
      className={clsx(
        "flex cursor-default gap-2 rounded-control px-2.5 py-2 select-none",
        isActive && "bg-hover",
      )}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <div className="min-w-0 flex-1">
        <span id={`${id}-name`} className="block truncate text-ui font-medium">
          {model.label}
        </span>
        <div id={`${id}-facts`} className="flex flex-col gap-0.5 text-small text-ink-faint">
          {model.description !== "" && (
            <span className="line-clamp-2 text-ink-soft">{model.description}</span>
          )}
          <span className="tabular-nums">{facts.join(" · ")}</span>
          <ModelAbilities model={model} />
          {model.needsOwnKey && <span className="text-warn">{translate("ownKey")}</span>}
        </div>
      </div>
      {isChosen && <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />}
    </div>
  );
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
