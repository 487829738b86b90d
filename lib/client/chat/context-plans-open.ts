import type { ContextPlanView } from "@/lib/contracts/context";
import { callApi } from "../api";
import { connectionStore } from "../connection";
import { onNews } from "../events/news";
import { shape } from "../shape";
import { createContextPlan, type ContextPlanStore, type PlanTools } from "./context-plan";
import type { ConversationStore } from "./conversation-store";
import { estimateDraft } from "./estimate-draft";

// The conversation goes, and its plan with it.
const plans = new WeakMap<ConversationStore, ContextPlanStore>();

const planShape = shape<ContextPlanView>({
  entries: "list",
  warnings: "list",
  largerModels: "list",
  sideBySide: "list",
  firstSentId: "text or null",
});

const tools: PlanTools = {
  fetchPlan: (conversationId, question, signal) =>
    callApi("POST", `/api/chat/${encodeURIComponent(conversationId)}/plan`, {
      body: question,
      schema: planShape,
      signal,
    }),
  estimate: estimateDraft,
  isAway: () => {
    const { isOffline, isSignedOut, isSomebodyElse } = connectionStore.get();
    return document.visibilityState === "hidden" || isOffline || isSignedOut || isSomebodyElse;
  },
  onReturn: (listener) => {
    const stop = connectionStore.subscribe(listener);
    document.addEventListener("visibilitychange", listener);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", listener);
    };
  },
  onFocus: (listener) => {
    const look = () => {
      if (document.visibilityState === "visible") listener();
    };
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  },
  onNews,
};

/** The plan of a conversation's next turn. */
export function planOf(store: ConversationStore): ContextPlanStore {
  const known = plans.get(store);
  if (known !== undefined) return known;
  const plan = createContextPlan(store, tools);
  plans.set(store, plan);
  return plan;
}
