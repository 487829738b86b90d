"use client";

import dynamic from "next/dynamic";
import { useEffect, useId } from "react";
import { PartBoundary } from "@/components/ui/part-boundary";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";
import { ContextRing } from "./context-ring";
import { closePanel, openPanel, panelId, usePanel } from "./side-panel-address";
import { useGaugeName, useShownPlan } from "./use-context-figures";
import { useHoverCard } from "./use-hover-card";

const loadCard = () => import("./context-gauge-card").then((module) => module.ContextGaugeCard);

// Loaded when somebody reaches for it.
const ContextGaugeCard = dynamic(loadCard, { ssr: false });

const prepare = () => {
  loadCard().catch(() => undefined);
};

/** How full the model's window is with the next turn; opens the plan. */
export function ContextGauge() {
  const { plan, failure, isCurrent } = useContextPlan();
  const shown = useShownPlan();
  const name = useGaugeName(plan, shown, failure !== null);
  const isOpen = usePanel() === "plan";
  const cardId = useId();
  const card = useHoverCard();
  const isCardShown = card.isShown && !isOpen && shown !== null;
  const { hide } = card;

  // The panel says the same, and more.
  useEffect(() => {
    if (isOpen) hide();
  }, [hide, isOpen]);

  return (
    <div className="relative shrink-0" {...card.handlers}>
      <button
        type="button"
        aria-label={name}
        aria-expanded={isOpen}
        aria-controls={isOpen ? panelId : undefined}
        aria-describedby={isCardShown ? cardId : undefined}
        className="inline-flex size-9 items-center justify-center rounded-control transition-colors duration-150 hover:bg-hover aria-expanded:bg-hover"
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => {
          if (isOpen) closePanel();
          else openPanel("plan");
        }}
      >
        <ContextRing
          share={shown?.usedShare ?? null}
          isEmpty={shown === null}
          isRefused={isCurrent && plan?.refusal !== null && plan?.refusal !== undefined}
        />
      </button>
      {isCardShown && (
        <PartBoundary onMissing={hide}>
          <ContextGaugeCard id={cardId} shown={shown} />
        </PartBoundary>
      )}
    </div>
  );
}
