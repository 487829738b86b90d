"use client";

import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { AttachmentTray } from "./attachment-tray";
import type { createComposerField } from "./composer-field";
import type { ContextPlanStore, PlanState } from "./context-plan";
import { planOf } from "./context-plans-open";
import { useConversationStore } from "./use-conversation";

/** Nothing is known while the server renders. */
const nothing: PlanState = {
  plan: null,
  draftTokens: 0,
  isCurrent: false,
  failure: null,
  line: null,
};

/** The plan of the conversation on this page. */
export function usePlanStore(): ContextPlanStore {
  return planOf(useConversationStore());
}

/** Part of what is known of the next turn, followed. `select` must return something that is kept. */
export function usePlanState<Value>(select: (state: PlanState) => Value): Value {
  const { state } = usePlanStore();
  return useSyncExternalStore(
    state.subscribe,
    () => select(state.get()),
    () => select(nothing),
  );
}

/** All that is known of the next turn, followed. */
export function useContextPlan(): PlanState {
  return usePlanState(everything);
}

const everything = (state: PlanState) => state;

/** Asks the server anew, after a change that the conversation's state does not show. */
export function useRefreshPlan(): () => void {
  const plan = usePlanStore();
  return useCallback(() => {
    plan.refresh();
  }, [plan]);
}

/** Keeps the plan of what is in this composer. Once on a page; `modelId` is what answers next, unless several do. */
export function useKeepPlan(
  field: ReturnType<typeof createComposerField>,
  tray: AttachmentTray,
  modelId: string | null,
): void {
  const plan = usePlanStore();

  useEffect(() => {
    plan.setModel(modelId);
  }, [modelId, plan]);

  useEffect(() => {
    const note = () => {
      plan.noteDraft(field.measured.get().length);
    };
    const stops = [
      plan.attach(() => ({ text: field.read(), images: tray.parts() })),
      field.measured.subscribe(note),
      tray.view.subscribe(note),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [field, plan, tray]);
}
