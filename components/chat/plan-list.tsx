"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useMemo, useRef, useState } from "react";
import type { ContextPlanView } from "@/lib/contracts/context";
import { MoreMessages } from "./more-messages";
import { PlanFold } from "./plan-fold";
import { PlanRow } from "./plan-row";
import { groupEntries, type PlanRun } from "./plan-runs";
import { PlanStart } from "./plan-start";
import { PlanState } from "./plan-state";
import { useNearEdge } from "./use-near-edge";
import { usePlanPages } from "./use-plan-pages";

const none: ReadonlySet<string> = new Set();
const shortenedDraft = { state: "shortened", reason: "too_long" } as const;

/**
 * The conversation as the next turn sees it. The newest is first: it lies next to the draft, and
 * what is added at the foot when one reads on moves nothing.
 */
export function PlanList({ plan }: { plan: ContextPlanView }) {
  const translate = useTranslations("context.plan");
  const format = useFormatter();
  const { entries, hasOlder, older, loadOlder } = usePlanPages(plan);
  const [opened, setOpened] = useState(none);
  // What one has just said something about is not folded away under one's hand.
  const [touched, setTouched] = useState(none);
  const runs = useMemo(() => groupEntries(entries, plan.startId), [entries, plan.startId]);
  const lastRun = runs.at(-1);
  const isRunOpen = ({ key, isFolded, entries: run }: PlanRun) =>
    !isFolded || opened.has(key) || run.some(({ messageId }) => touched.has(messageId));
  const isEndOpen = lastRun !== undefined && isRunOpen(lastRun);
  // The page is what is looked at: the panel is as high as it.
  const scroller = useRef<HTMLElement>(null);
  const marker = useNearEdge(scroller, isEndOpen && hasOlder && older === "idle", loadOlder);
  const setOpen = (key: string, isOpen: boolean) => {
    if (!isOpen) setTouched(none);
    setOpened(
      (before) => new Set(isOpen ? [...before, key] : [...before].filter((one) => one !== key)),
    );
  };
  const touch = useCallback((messageId: string) => {
    setTouched((before) => new Set([...before, messageId]));
  }, []);
  const { draft } = plan.parts;
  if (entries.length === 0 && draft === 0) {
    return <p className="px-5 py-4 text-ui text-ink-soft">{translate("empty")}</p>;
  }
  return (
    <>
      <ol aria-label={translate("list")} className="divide-y divide-line/60">
        {draft > 0 && (
          <li className="px-5 py-2.5 text-ui text-ink-soft">
            <span className="flex items-baseline gap-2 pe-7">
              {translate("draftRow")}
              <span className="ms-auto text-small text-ink-faint tabular-nums">
                {format.number(draft)}
              </span>
            </span>
            {plan.warnings.includes("draft_shortened") && (
              <PlanState entry={shortenedDraft} policy={plan.policy} />
            )}
          </li>
        )}
        {/* One flat list, so that a row stays the same one when its neighbours change. */}
        {runs.flatMap((one, at) => {
          const { key, isFolded, entries: run } = one;
          const isOpen = isRunOpen(one);
          const isLastRun = at === runs.length - 1;
          const last = run.at(-1);
          return [
            ...(isFolded
              ? [
                  <PlanFold
                    key={key}
                    run={run}
                    policy={plan.policy}
                    isOpen={isOpen}
                    hasMore={isLastRun && hasOlder}
                    onToggle={() => {
                      setOpen(key, !isOpen);
                    }}
                  />,
                ]
              : []),
            ...(isOpen ? run : []).map((entry) => (
              <PlanRow
                key={entry.messageId}
                entry={entry}
                policy={plan.policy}
                isStart={entry.messageId === plan.startId}
                onTouch={touch}
              />
            )),
            ...(last?.messageId === plan.startId ? [<PlanStart key="start" />] : []),
          ];
        })}
      </ol>
      {hasOlder && (
        <div className="px-5 py-3">
          <MoreMessages
            marker={marker}
            progress={older}
            words={{
              load: translate("older"),
              loading: translate("loadingOlder"),
              failed: translate("olderFailed"),
            }}
            onLoad={loadOlder}
          />
        </div>
      )}
    </>
  );
}
