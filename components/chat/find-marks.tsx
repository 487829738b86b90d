"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";
import type { createEndFollower } from "@/lib/client/chat/end-follower";
import { clearMarks, drawMarks } from "@/lib/client/chat/find-marks";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { useFind, useFindState } from "./find-context";

type FindMarksProps = {
  content: RefObject<HTMLElement | null>;
  follower: ReturnType<typeof createEndFollower>;
};

/** Goes to what was found, and marks it, also in what is loaded or laid out later. */
export function FindMarks({ content, follower }: FindMarksProps) {
  const find = useFind();
  const store = useConversationStore();
  const isOpen = useFindState((state) => state.isOpen);
  const visit = useFindState((state) => state.visit);
  const matches = useFindState((state) => state.matches);

  const goTo = useEffectEvent(async (id: string, left: AbortSignal) => {
    const isShown = await store.showMessage(id).catch(() => false);
    if (left.aborted) return;
    if (!isShown) {
      find.fail();
      return;
    }
    await nextFrame();
    const list = content.current;
    if (isOver(left) || list === null) return;
    if (openFold(list, id)) await nextFrame();
    if (isOver(left)) return;
    const measure = drawMarks(list, find.state.get());
    if (measure !== null) follower.showInMiddle(measure);
  });

  useEffect(() => {
    const { isOpen: isWanted, matches: found, at } = find.state.get();
    const id = found[at]?.messageId;
    if (!isWanted || id === undefined) return;
    const left = new AbortController();
    void goTo(id, left.signal);
    return () => {
      left.abort();
    };
  }, [find, visit]);

  useEffect(() => {
    const list = content.current;
    if (!isOpen || list === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        drawMarks(list, find.state.get());
      }, redrawAfterMs);
    };
    drawMarks(list, find.state.get());
    const observer = new MutationObserver(draw);
    observer.observe(list, { childList: true, subtree: true, characterData: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      clearMarks(list);
    };
  }, [content, find, isOpen, matches]);

  return null;
}

const redrawAfterMs = 120;

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });
}

/** Asked through a function, since it changes while one waits. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/**
 * A long message of one's own is folded: what was found in it is to be seen.
 *
 * @returns whether it opens, which changes what is there with the next frame.
 */
function openFold(list: HTMLElement, id: string): boolean {
  const row = list.querySelector(`[data-row="${CSS.escape(id)}"]`);
  if (row?.querySelector(".folded") == null) return false;
  row.querySelector<HTMLElement>("button[aria-expanded=false]:not([aria-haspopup])")?.click();
  return true;
}
