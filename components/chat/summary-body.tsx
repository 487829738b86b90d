"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";
import { useSummaryState, useSummaryStore } from "@/lib/client/chat/use-summary";
import type { Summary } from "@/lib/contracts/context";
import { SummaryEdit } from "./summary-edit";
import { SummaryFacts } from "./summary-facts";
import { SummaryRedo } from "./summary-redo";
import { SummaryText } from "./summary-text";

type Props = { summary: Summary; isRunning: boolean };

/** A summary that is there. */
export function SummaryBody({ summary, isRunning }: Props) {
  const translate = useTranslations("context.summary");
  const store = useSummaryStore();
  const isEditing = useSummaryState((state) => state.draft !== null);
  const [isRedoing, setIsRedoing] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  const redoButton = useRef<HTMLButtonElement>(null);
  // What it was made from lies in another conversation.
  const canRedo = summary.coversToId !== null;

  if (isEditing) {
    return (
      <SummaryEdit
        onClose={() => {
          focusSoon(editButton);
        }}
      />
    );
  }
  return (
    <>
      <SummaryFacts summary={summary} />
      <SummaryText key={summary.id} text={summary.text} />
      <Notes summary={summary} />
      {!isRunning &&
        (isRedoing ? (
          <SummaryRedo
            onStart={() => {
              setIsRedoing(false);
            }}
            onClose={() => {
              setIsRedoing(false);
              focusSoon(redoButton);
            }}
          />
        ) : (
          <div className="flex flex-wrap gap-2">
            <Button
              ref={editButton}
              size="sm"
              onClick={() => {
                store.edit(summary.text);
              }}
            >
              {translate("edit")}
            </Button>
            {canRedo && (
              <Button
                ref={redoButton}
                size="sm"
                aria-label={translate("redoLabel")}
                onClick={() => {
                  setIsRedoing(true);
                }}
              >
                {translate("redo")}
              </Button>
            )}
          </div>
        ))}
    </>
  );
}

/** Why it doesn't go along, and what is no longer true of it. */
function Notes({ summary }: { summary: Summary }) {
  const translate = useTranslations("context.summary");
  const isOff = useSummaryState((state) => state.answer?.isOff === true);
  const { plan } = useContextPlan();
  // A plan that is of another summary says nothing of this one.
  const isKnown = plan !== null && plan.summary?.id === summary.id;
  const isIdle = isKnown && !plan.isSummarySent && !isOff;
  return (
    <>
      {isOff && <p className="text-ui text-pretty text-ink-soft">{translate("off")}</p>}
      {isIdle && (
        <p className="text-ui text-pretty text-ink-soft">
          {translate(plan.policy.kind === "summary" ? "waiting" : "notSent")}
        </p>
      )}
      {summary.isStale && (
        <p className="border-s-2 border-warn ps-3 text-ui text-pretty text-ink">
          {translate("stale")}
        </p>
      )}
    </>
  );
}

/** Once it is on the page again. */
function focusSoon(button: { current: HTMLElement | null }): void {
  requestAnimationFrame(() => {
    button.current?.focus();
  });
}
