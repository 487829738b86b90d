import { createStore } from "../store";
import { findAnchors, measureShift } from "./scroll-anchor";

/** Nearer than this to the end counts as at the end. */
const nearPx = 48;

/** Sizes of rows become known as they come into view: so often a jump is put right. */
const correctedFrames = 4;

const rowSelector = "[data-row]";
/** What folds something out in its place. */
const foldSelector = "summary, button[aria-expanded]:not([aria-haspopup])";

/**
 * Keeps a scrolling box at its end while text is added, but only for a reader who is there.
 * Whoever scrolls up is left alone, with what they read in its place, until they come back to the
 * end, or send something.
 */
export function createEndFollower() {
  const isAtEnd = createStore(true);
  let box: HTMLElement | null = null;
  let content: HTMLElement | null = null;
  let isFollowing = true;
  /** Not while the last message that is loaded is not the last one there is. */
  let canFollow = true;
  let lastTop = 0;
  let anchors: ReturnType<typeof findAnchors> = [];
  let jumps = 0;
  /** Where a held message put the box: to be there is nobody's wish to follow. */
  let heldTop: number | null = null;

  const note = () => {
    if (box === null || content === null) return;
    lastTop = box.scrollTop;
    anchors = isFollowing
      ? []
      : findAnchors(box, Array.from(content.querySelectorAll(rowSelector)));
  };
  /** After something has changed its size: the end, or what was read, is where it was. */
  const settle = () => {
    if (box === null) return;
    if (isFollowing) box.scrollTop = box.scrollHeight;
    else {
      const shiftPx = measureShift(box, anchors);
      if (Math.abs(shiftPx) >= 1) box.scrollTop += shiftPx;
    }
    lastTop = box.scrollTop;
  };
  const handleScroll = () => {
    if (box === null) return;
    const isNear = canFollow && box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    if (heldTop !== null && Math.abs(box.scrollTop - heldTop) < 2) {
      isAtEnd.set(isNear);
      return;
    }
    heldTop = null;
    // Only a way upwards is a wish to read elsewhere; growing text moves the end away as well.
    if (isNear) isFollowing = true;
    else if (box.scrollTop < lastTop || !canFollow) isFollowing = false;
    note();
    isAtEnd.set(isFollowing);
  };

  /** Whoever folds something out reads there, and not at the end. */
  const handleClick = ({ target }: Event) => {
    const fold = target instanceof Element ? target.closest(foldSelector) : null;
    if (box === null || fold === null) return;
    isFollowing = false;
    const topPx = fold.getBoundingClientRect().top - box.getBoundingClientRect().top;
    anchors = [{ element: fold, topPx }];
  };

  return {
    isAtEnd,
    settle,

    /** Begins to follow; returns what ends it. */
    attach(scroller: HTMLElement, rows: HTMLElement): () => void {
      box = scroller;
      content = rows;
      const fromEnd = readFromEnd(scroller);
      scroller.style.flexDirection = "column";
      scroller.scrollTop = scroller.scrollHeight - scroller.clientHeight - fromEnd;
      isFollowing = canFollow && fromEnd < nearPx;
      note();
      const resized = new ResizeObserver(settle);
      resized.observe(rows);
      resized.observe(scroller);
      scroller.addEventListener("scroll", handleScroll, { passive: true });
      rows.addEventListener("click", handleClick, true);
      return () => {
        box = null;
        resized.disconnect();
        scroller.removeEventListener("scroll", handleScroll);
        rows.removeEventListener("click", handleClick, true);
      };
    },

    setCanFollow(can: boolean): void {
      canFollow = can;
      if (!can) isFollowing = false;
    },

    goToEnd: (): void => {
      jumps += 1;
      isFollowing = true;
      heldTop = null;
      isAtEnd.set(true);
      settle();
    },

    /** Leaves a row where it was on the screen, whatever changed around it. */
    hold(row: HTMLElement, topPx: number): void {
      if (box === null) return;
      isFollowing = false;
      box.scrollTop += row.getBoundingClientRect().top - topPx;
      note();
      heldTop = box.scrollTop;
      isAtEnd.set(canFollow && box.scrollHeight - box.scrollTop - box.clientHeight < nearPx);
    },

    /** Scrolls so that something is in the middle, or begins there when it is tall. */
    showInMiddle(measure: () => DOMRect): void {
      const jump = ++jumps;
      isFollowing = false;
      heldTop = null;
      const correct = (framesLeft: number) => {
        if (box === null || jump !== jumps) return;
        const rect = measure();
        const view = box.getBoundingClientRect();
        const spare = Math.max(view.height * 0.15, (view.height - rect.height) / 2);
        box.scrollTop += rect.top - view.top - spare;
        note();
        if (framesLeft > 0) {
          requestAnimationFrame(() => {
            correct(framesLeft - 1);
          });
        }
      };
      correct(correctedFrames);
    },
  };
}

/**
 * How far from its end the box is. The server lays it out in reverse, so that a page that has no
 * scripts yet shows the end, and counts from there.
 */
function readFromEnd(box: HTMLElement): number {
  const isReversed = getComputedStyle(box).flexDirection === "column-reverse";
  return isReversed ? -box.scrollTop : box.scrollHeight - box.clientHeight - box.scrollTop;
}
