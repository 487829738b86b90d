import { vi } from "vitest";
import type { ContextPlanView } from "@/lib/contracts/context";
import type { News } from "../events/news";
import { createContextPlan, type PlanQuestion } from "./context-plan";
import type { ConversationState } from "./conversation-state";
import { saved, setUp } from "./testing-conversation";
import { testPlan } from "./testing-plan";

type Asked = {
  id: string;
  question: PlanQuestion;
  signal: AbortSignal;
  answer: (plan?: ContextPlanView) => Promise<void>;
  fail: (error: unknown) => Promise<void>;
};

/** A plan whose server and page are the test's. */
export function openPlan(state: Partial<ConversationState> = saved) {
  const { store } = setUp({}, state);
  const asked: Asked[] = [];
  const page = { isAway: false, text: "", tell: new Set<(news: News) => void>() };
  const returns = new Set<() => void>();
  const focuses = new Set<() => void>();
  const plan = createContextPlan(store, {
    fetchPlan: (id, question, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(new DOMException("aborted", "AbortError"));
        });
        const flush = () => vi.advanceTimersByTimeAsync(0).then(() => undefined);
        asked.push({
          id,
          question,
          signal,
          answer: (view = testPlan()) => {
            resolve(view);
            return flush();
          },
          fail: (error) => {
            reject(error instanceof Error ? error : new Error(String(error)));
            return flush();
          },
        });
      }),
    estimate: (text) => text.length,
    isAway: () => page.isAway,
    onReturn: (listener) => {
      returns.add(listener);
      return () => returns.delete(listener);
    },
    onFocus: (listener) => {
      focuses.add(listener);
      return () => focuses.delete(listener);
    },
    onNews: (listener) => {
      page.tell.add(listener);
      return () => page.tell.delete(listener);
    },
  });
  const type = (text: string) => {
    page.text = text;
    plan.noteDraft(text.length);
  };
  const at = (index: number): Asked => {
    const one = asked.at(index);
    if (one === undefined) throw new Error("Nothing was asked");
    return one;
  };
  return {
    store,
    plan,
    asked,
    at,
    type,
    attach: () => plan.attach(() => ({ text: page.text, images: [] })),
    setAway: (isAway: boolean) => {
      page.isAway = isAway;
      for (const listener of returns) listener();
    },
    focus: () => {
      for (const listener of focuses) listener();
    },
    hear: (news: News) => {
      for (const listener of page.tell) listener(news);
    },
  };
}

/** Opened, and the first plan has come. */
export async function readyPlan(state?: Partial<ConversationState>) {
  const opened = openPlan(state);
  const detach = opened.attach();
  await vi.advanceTimersByTimeAsync(100);
  await opened.at(0).answer();
  return { ...opened, detach };
}
