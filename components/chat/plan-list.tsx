"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useMemo, useRef, useState } from "react";
import type { ContextPlanView } from "@/lib/contracts/context";
import { MoreMessages } from "./more-messages";
import { PlanFold } from "./plan-fold";
import { PlanRow } from "./plan-row";
import { groupEntries } from "./plan-runs";
import { PlanStart } from "./plan-start";
import { useNearEdge } from "./use-near-edge";
import { usePlanPages } from "./use-plan-pages";

/**
 * The conversation as the next turn sees it. The newest is first: it lies next to the draft, and
 * what is added at the foot when one reads on moves nothing.
 */
export function PlanList({ plan }: { plan: ContextPlanView }) {
  const translate = useTranslations("context.plan");
  const format = useFormatter();
  const { entries, hasOlder, older, loadOlder } = usePlanPages(plan);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const runs = useMemo(() => groupEntries(entries, plan.startId), [entries, plan.startId]);
  const lastRun = runs.at(-1);
  const isEndOpen = lastRun !== undefined && (!lastRun.isFolded || opened.has(lastRun.key));
  // The page is what is looked at: the panel is as high as it.
  const scroller = useRef<HTMLElement>(null);
  const marker = useNearEdge(scroller, isEndOpen && hasOlder && older === "idle", loadOlder);
  const toggle = useCallback((key: string) => {
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const { draft } = plan.parts;
  if (entries.length === 0 && draft === 0) {
    return <p className="px-5 py-4 text-ui text-ink-soft">{translate("empty")}</p>;
  }
  return (
    <>
      <ol aria-label={translate("list")} className="divide-y divide-line/60">
        {draft > 0 && (
          <li className="flex items-baseline gap-2 px-5 py-2.5 pe-12 text-ui text-ink-soft">
            {translate("draftRow")}
            <span className="ms-auto text-small text-ink-faint tabular-nums">
              {format.number(draft)}
            </span>
          </li>
        )}
        {/* One flat list, so that a row stays the same one when its neighbours change. */}
        {runs.flatMap(({ key, isFolded, entries: run }, at) => {
          const isOpen = !isFolded || opened.has(key);
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
                      toggle(key);
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
