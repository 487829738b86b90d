"use client";

import { useEffect } from "react";
import type { AccountEvent } from "@/lib/contracts/events";
import { fetchApi } from "../api";
import { waitOrWake } from "../chat/backoff";
import { wakeConversations } from "../chat/conversations-open";
import { noteBuild, noteSession, noteUnreachable } from "../connection";
import { createEventStream } from "./event-stream";
import { tellNews } from "./news";
import { onReturn } from "./return";
import { createShare, type Letter } from "./share-events";

/** Hears what happens in the account, over one connection for all tabs. */
export function useAccountEvents(): void {
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
    return connect();
  }, []);
}

function connect(): () => void {
  let hasHeard = false;

  const hear = (event: AccountEvent) => {
    if (event.type !== "hello") {
      tellNews(event);
      return;
    }
    noteBuild(event.build);
    noteSession(true);
    // The page is as new as the first connection; with the next ones, something may be missing.
    tellNews(hasHeard ? { type: "missed" } : { type: "connected" });
    hasHeard = true;
  };
  const stream = createEventStream({
    connect: async (signal) => {
      const response = await fetchApi("/api/events", { signal });
      return response.body ?? new ReadableStream();
    },
    onEvent: (event) => share.tell({ kind: "event", event }),
    onLost: () => share.tell({ kind: "lost" }),
    random: Math.random,
    wait: waitOrWake,
  });
  const share = createShare({
    locks: navigator.locks,
    channel: new BroadcastChannel("parley.events"),
    follow: stream.follow,
    onLetter: (letter: Letter) => {
      if (letter.kind === "event") hear(letter.event);
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
