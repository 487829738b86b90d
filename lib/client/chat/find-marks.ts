import type { FindState } from "./find-in-conversation";
import { findRanges } from "./text-ranges";

// Names of the highlights, as in chat.css.
const every = "found";
const current = "found-current";

/**
 * Marks what was found in the rows that are there, and the shown match more. Where a browser can't
 * mark words, and where the words are in the markup only, the message is marked instead.
 *
 * @returns what measures where the shown match is on the screen; null while it is not there.
 */
export function drawMarks(
  list: HTMLElement,
  { query, matches, at }: FindState,
): (() => DOMRect) | null {
  clearMarks(list);
  const shownId = matches[at]?.messageId;
  const others: Range[] = [];
  let shown: { row: Element; ranges: Range[] } | null = null;
  for (const { messageId } of matches) {
    const row = list.querySelector(`[data-row="${CSS.escape(messageId)}"]`);
    if (row === null) continue;
    const ranges = findRanges(row, query);
    if (messageId === shownId) shown = { row, ranges };
    else others.push(...ranges);
  }
  const canMark = "highlights" in CSS;
  if (canMark) {
    CSS.highlights.set(every, new Highlight(...others));
    CSS.highlights.set(current, new Highlight(...(shown?.ranges ?? [])));
  }
  if (shown === null) return null;
  const { row, ranges } = shown;
  const [first] = ranges;
  if (!canMark || first === undefined) row.setAttribute("data-found", "");
  return () => {
    const rect = first?.getBoundingClientRect();
    // Words in a part that is not laid out have no place yet: then the whole message is gone to.
    return rect === undefined || rect.height === 0 ? row.getBoundingClientRect() : rect;
  };
}

export function clearMarks(list: HTMLElement): void {
  if ("highlights" in CSS) {
    CSS.highlights.delete(every);
    CSS.highlights.delete(current);
  }
  for (const row of list.querySelectorAll("[data-found]")) row.removeAttribute("data-found");
}
