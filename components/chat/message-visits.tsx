"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";
import type { createEndFollower } from "@/lib/client/chat/end-follower";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { messageVisits, type MessageVisit } from "./message-visit";
import { panelId } from "./side-panel-address";

type MessageVisitsProps = {
  content: RefObject<HTMLElement | null>;
  follower: ReturnType<typeof createEndFollower>;
};

const shownMs = 1_600;
/** So long a panel that lies over the conversation may take to go. */
const closingFrames = 30;

/** Goes to a message that somebody picked in a list, and shows for a moment which one it is. */
export function MessageVisits({ content, follower }: MessageVisitsProps) {
  const store = useConversationStore();

  const goTo = useEffectEvent(async ({ messageId, isFocused }: MessageVisit) => {
    const isThere = await store.showMessage(messageId).catch(() => false);
    if (!isThere) return;
    await nextFrame();
    const row = content.current?.querySelector(`[data-row="${CSS.escape(messageId)}"]`);
    if (!(row instanceof HTMLElement)) return;
    follower.showInMiddle(() => row.getBoundingClientRect());
    row.setAttribute("data-visited", "");
    setTimeout(() => {
      row.removeAttribute("data-visited");
    }, shownMs);
    if (isFocused) await focus(row);
  });

  useEffect(
    () =>
      messageVisits.subscribe(() => {
        const visit = messageVisits.get();
        if (visit !== null) void goTo(visit);
      }),
    [],
  );
  return null;
}

async function focus(row: HTMLElement): Promise<void> {
  for (let frame = 0; frame < closingFrames && isCovered(); frame += 1) await nextFrame();
  await nextFrame();
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
}

function isCovered(): boolean {
  return document.getElementById(panelId) !== null;
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });
}
