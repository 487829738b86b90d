"use client";

import { useEffect } from "react";
import type { AccountEvent } from "@/lib/contracts/events";
import { fetchApi } from "../api";
import { waitOrWake } from "../chat/backoff";
import { wakeConversations } from "../chat/conversations-open";
import { changeConnection, noteBuild, noteSession, noteUnreachable } from "../connection";
import { createEventStream } from "./event-stream";
import { tellNews } from "./news";
import { onReturn } from "./return";
import { createShare, type Letter } from "./share-events";

/**
 * Hears what happens in the account, over one connection for all tabs.
 *
 * @param userId whose page this is.
 */
export function useAccountEvents(userId: string): void {
  useEffect(
    () =>
      onReturn(() => {
        wakeConversations();
        tellNews({ type: "missed" });
      }),
    [],
  );
  useEffect(() => {
    // Both need a secure context; without them, looking every now and then has to do.
    if (!("locks" in navigator) || !("BroadcastChannel" in window)) return;
    return connect(userId);
  }, [userId]);
}

function connect(userId: string): () => void {
  let hasHeard = false;
  /** Whose events come over this tab's own connection. */
  let streamUserId = userId;

  const hear = (event: AccountEvent, isOwn: boolean) => {
    if (event.type !== "hello") {
      if (isOwn) tellNews(event);
      return;
    }
    noteBuild(event.build);
    noteSession(true);
    changeConnection({ isSomebodyElse: !isOwn });
    if (!isOwn) return;
    // The page is as new as the first connection; with the next ones, something may be missing.
    tellNews(hasHeard ? { type: "missed" } : { type: "connected" });
    hasHeard = true;
  };
  const stream = createEventStream({
    connect: async (signal) => {
      const response = await fetchApi("/api/events", { signal });
      return response.body ?? new ReadableStream();
    },
    onEvent: (event) => {
      if (event.type === "hello") streamUserId = event.userId;
      share.tell({ kind: "event", event, userId: streamUserId });
    },
    onLost: () => share.tell({ kind: "lost" }),
    random: Math.random,
    wait: waitOrWake,
  });
  const share = createShare({
    locks: navigator.locks,
    channel: new BroadcastChannel("parley.events"),
    follow: stream.follow,
    onLetter: (letter: Letter) => {
      if (letter.kind === "event") hear(letter.event, letter.userId === userId);
      else if (letter.kind === "lost") noteUnreachable();
      else stream.wake();
    },
  });
  const look = () => {
    if (document.visibilityState === "visible") share.join();
    else share.leave();
  };
  const leave = () => share.leave();
  look();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);
  window.addEventListener("pagehide", leave);
  const stopListening = onReturn(() => stream.restart());
  return () => {
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("pageshow", look);
    window.removeEventListener("pagehide", leave);
    stopListening();
    share.close();
  };
}
