"use client";

import { useTranslations } from "next-intl";
import type { ContextMark, ContextPolicy } from "@/lib/contracts/context";
import { useComplaint } from "../use-conversation-actions";
import { httpTransport } from "./transport";
import { useConversationStore } from "./use-conversation";
import { usePlanStore } from "./use-context-plan";
import { useUndoToast } from "./use-undo-toast";

/** What can be said about the next turns; each can be undone, and nothing is deleted by it. */
export function usePlanActions() {
  const translate = useTranslations("context.actions");
  const complain = useComplaint();
  const say = useUndoToast();
  const store = useConversationStore();
  const plan = usePlanStore();

  /** @returns whether it was done. */
  const attempt = async (
    run: () => Promise<unknown>,
    said: string | null,
    undo: () => void,
  ): Promise<boolean> => {
    try {
      await run();
    } catch (error) {
      complain(error);
      return false;
    } finally {
      plan.refresh();
    }
    if (said !== null) say(said, undo);
    return true;
  };

  const readMark = (messageId: string): ContextMark =>
    plan.state.get().line?.entries.get(messageId)?.mark ??
    store.get().messages.find(({ id }) => id === messageId)?.context ??
    "auto";

  const mark = async (
    messageId: string,
    context: ContextMark,
    isUndo: boolean,
    before = readMark(messageId),
  ) => {
    if (before === context) return;
    await attempt(
      async () => {
        await httpTransport.changeMessage(messageId, { context });
        showMark(messageId, context);
      },
      isUndo ? null : translate(context),
      () => void mark(messageId, before, true, context),
    );
  };

  const showMark = (messageId: string, context: ContextMark) => {
    const { messages } = store.get();
    if (!messages.some(({ id }) => id === messageId)) return;
    const marked = messages.map((one) => (one.id === messageId ? { ...one, context } : one));
    store.patch({ messages: marked, tail: store.get().tail });
  };

  const start = async (messageId: string | null, isUndo: boolean) => {
    const before = plan.state.get().line?.startId ?? null;
    const target = messageId ?? before;
    if (messageId === before || target === null) return;
    await attempt(
      () => httpTransport.changeMessage(target, { isContextStart: messageId !== null }),
      isUndo ? null : translate(messageId === null ? "startUndone" : "start"),
      () => void start(before, true),
    );
  };

  const policy = async (next: ContextPolicy | null, isUndo: boolean) => {
    const before = store.get().contextPolicy;
    return attempt(
      () => store.changeSettings({ contextPolicy: next }),
      isUndo ? null : translate(next === null ? "policyDefault" : "policy"),
      () => void policy(before, true),
    );
  };

  return {
    /** Always keep, leave out, or automatic, on the branch that is shown; `before` where it is known. */
    changeMark: (messageId: string, context: ContextMark, before?: ContextMark) =>
      mark(messageId, context, false, before),
    /** The next turns know nothing before this message; null: from the first again. */
    setStart: (messageId: string | null) => start(messageId, false),
    /** Null: back to the default. @returns whether it was done. */
    changePolicy: (next: ContextPolicy | null) => policy(next, false),
  };
}
