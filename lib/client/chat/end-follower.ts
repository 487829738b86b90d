import { createStore } from "../store";

/** Nearer than this to the end counts as at the end. */
const nearPx = 48;

/**
 * Keeps a scrolling box at its end while text is added, but only for a reader who is there.
 * Whoever scrolls up is left alone until they come back to the end, or send something.
 */
export function createEndFollower() {
  const isAtEnd = createStore(true);
  let box: HTMLElement | null = null;
  let isFollowing = true;
  let lastTop = 0;
  let placeFromEnd: number | null = null;
  /** Where a held message put the box: to be there is nobody's wish to follow. */
  let heldTop: number | null = null;

  const follow = () => {
    if (box === null) return;
    if (isFollowing) box.scrollTop = box.scrollHeight;
    lastTop = box.scrollTop;
  };
  const handleScroll = () => {
    if (box === null) return;
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    if (heldTop !== null && Math.abs(box.scrollTop - heldTop) < 2) {
      isAtEnd.set(isNear);
      return;
    }
    heldTop = null;
    // Only a way upwards is a wish to read elsewhere; growing text moves the end away as well.
    if (isNear) isFollowing = true;
    else if (box.scrollTop < lastTop) isFollowing = false;
    lastTop = box.scrollTop;
    isAtEnd.set(isNear || isFollowing);
  };

  return {
    isAtEnd,

    /** Begins to follow; returns what ends it. */
    attach(scroller: HTMLElement, content: HTMLElement): () => void {
      box = scroller;
      const resized = new ResizeObserver(follow);
      resized.observe(content);
      resized.observe(scroller);
      scroller.addEventListener("scroll", handleScroll, { passive: true });
      return () => {
        box = null;
        resized.disconnect();
        scroller.removeEventListener("scroll", handleScroll);
      };
    },

    goToEnd: (): void => {
      isFollowing = true;
      heldTop = null;
      isAtEnd.set(true);
      follow();
    },

    /** Leaves a row where it was on the screen, whatever changed around it. */
    hold(row: HTMLElement, topPx: number): void {
      if (box === null) return;
      isFollowing = false;
      box.scrollTop += row.getBoundingClientRect().top - topPx;
      heldTop = lastTop = box.scrollTop;
      isAtEnd.set(box.scrollHeight - box.scrollTop - box.clientHeight < nearPx);
    },

    /** Before something is put in front: the distance to the end is what will stay the same. */
    notePlace(): void {
      if (box !== null) placeFromEnd = box.scrollHeight - box.scrollTop;
    },

    /** After something was put in front: what was read is where it was. */
    restorePlace(): void {
      if (box === null || placeFromEnd === null || isFollowing) return;
      box.scrollTop = box.scrollHeight - placeFromEnd;
      lastTop = box.scrollTop;
    },
  };
}
