"use client";

import { useEffect, useSyncExternalStore } from "react";
import { planOf } from "./context-plans-open";
import { isBusy } from "./conversation-state";
import type { ConversationStore } from "./conversation-store";
import { drafts } from "./drafts";
import { summaryApi } from "./summary-api";
import { createSummaryStore, type SummaryState, type SummaryStore } from "./summary-store";
import { usePlanState } from "./use-context-plan";
import { useConversation, useConversationStore } from "./use-conversation";

// The conversation goes, and its summary with it.
const summaries = new WeakMap<ConversationStore, SummaryStore>();

/** How often one looks while a summary is being made elsewhere. */
const lookEveryMs = 2_000;

function summaryOf(store: ConversationStore): SummaryStore {
  const known = summaries.get(store);
  if (known !== undefined) return known;
  const summary = createSummaryStore({
    readId: () => store.get().id,
    api: summaryApi,
    drafts,
    nowMs: Date.now,
    onChanged: () => {
      planOf(store).refresh();
    },
  });
  summaries.set(store, summary);
  return summary;
}

/** The summary of the conversation on this page. */
export function useSummaryStore(): SummaryStore {
  return summaryOf(useConversationStore());
}

/** Part of it, followed. `select` must return something that is kept. */
export function useSummaryState<Value>(select: (state: SummaryState) => Value): Value {
  const { state } = useSummaryStore();
  return useSyncExternalStore(
    state.subscribe,
    () => select(state.get()),
    () => select(state.get()),
  );
}

/** Keeps it as the server has it, while it is looked at. */
export function useKeepSummary(): void {
  const summary = useSummaryStore();
  const isSaved = useConversation((state) => state.isSaved);
  const isAnswering = useConversation((state) => isBusy(state.turn));
  const isRunning = useSummaryState((state) => state.answer?.isRunning === true);
  // What the next turn would send says when there is another one, or it is another branch's.
  const planned = usePlanState(({ plan }) =>
    plan === null
      ? ""
      : `${plan.summary?.id ?? ""} ${String(plan.isSummaryOff)} ${String(plan.summary?.isStale)}`,
  );

  useEffect(() => {
    if (isSaved && !isAnswering) void summary.read();
  }, [isAnswering, isSaved, planned, summary]);

  useEffect(() => {
    if (!isRunning) return;
    const looking = setInterval(() => {
      if (document.visibilityState === "visible") void summary.read();
    }, lookEveryMs);
    return () => {
      clearInterval(looking);
    };
  }, [isRunning, summary]);
}
