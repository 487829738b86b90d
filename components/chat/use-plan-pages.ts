"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { usePlanStore } from "@/lib/client/chat/use-context-plan";
import { isAbort } from "@/lib/client/api";
import type { ContextPlanView } from "@/lib/contracts/context";
import { retakeOlder, takeNewest, takeOlder, type PlanPages } from "./plan-pages";

/** So many older pages are looked at again when something changes; beyond, they are let go. */
const refreshedPages = 5;

/** The messages of a plan, newest page first; older ones when asked for. */
export function usePlanPages(plan: ContextPlanView) {
  const store = usePlanStore();
  const [pages, setPages] = useState<PlanPages>(() => takeNewest(null, plan));
  const [taken, setTaken] = useState(plan);
  const [older, setOlder] = useState<"idle" | "loading" | "failed">("idle");
  /** The cursors of the older pages that are listed. */
  const cursors = useRef<string[]>([]);
  const running = useRef<AbortController | null>(null);

  if (taken !== plan) {
    setTaken(plan);
    setPages(takeNewest(pages, plan));
  }

  const loadOlder = async () => {
    const { before } = pages;
    if (before === null || older === "loading") return;
    setOlder("loading");
    try {
      const page = await store.fetchOlder(before, new AbortController().signal);
      setPages((known) => takeOlder(known, page, before));
      cursors.current = [...cursors.current, before];
      setOlder("idle");
    } catch {
      setOlder("failed");
    }
  };

  // What one types moves little of it; what is said of messages, or of the policy, moves it all.
  const fate = fateOf(plan);
  const refresh = useEffectEvent(async (signal: AbortSignal) => {
    if (cursors.current.length > refreshedPages) {
      cursors.current = [];
      setPages(takeNewest(null, plan));
      return;
    }
    // Another branch has other messages.
    const listed = new Set(pages.entries.map(({ messageId }) => messageId));
    cursors.current = cursors.current.filter((cursor) => listed.has(cursor));
    try {
      for (const before of cursors.current) {
        const page = await store.fetchOlder(before, signal);
        if (isOver(signal)) return;
        setPages((known) => retakeOlder(known, page));
      }
    } catch (error) {
      if (!isAbort(error)) setOlder("failed");
    }
  });
  const wasFate = useRef(fate);
  useEffect(() => {
    if (wasFate.current === fate) return;
    wasFate.current = fate;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    void refresh(controller.signal);
  }, [fate]);
  useEffect(() => () => running.current?.abort(), []);

  return {
    entries: pages.entries,
    hasOlder: pages.before !== null,
    older,
    loadOlder: () => void loadOlder(),
  };
}

/** Asked through a function, since it changes while one waits. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

function fateOf(plan: ContextPlanView): string {
  const { policy, firstSentId, startId, summary, isSummarySent, entries, window, parts } = plan;
  const marks = entries.map(({ messageId, state, mark }) => [messageId, state, mark]);
  // A message that is marked further up shows in the sum only.
  const rest = [policy, firstSentId, startId, summary?.id, isSummarySent, window, parts.history];
  return JSON.stringify([rest, marks]);
}
