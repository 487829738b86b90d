/** An element and how far below the top of its scrolling box it is. */
type Anchor = { element: Element; topPx: number };

/** Deeper than this nothing big enough to move the page is found. */
const deepest = 8;

/**
 * What a reader looks at: the first thing in view, down to the paragraph, and what to hold on to
 * when it goes away, best first. Browsers do the same by themselves, but not all of them, and not
 * at the very top, where older messages are put in front.
 */
export function findAnchors(box: Element, rows: readonly Element[]): Anchor[] {
  const topPx = box.getBoundingClientRect().top;
  const first = findInView(rows, topPx);
  // A row that was not laid out yet ends elsewhere as soon as it is: the next one begins there.
  const at = isSkipped(rows[first]) && rows[first + 1] !== undefined ? first + 1 : first;
  const row = rows[at];
  if (row === undefined) return [];
  const inRow: Element[] = [row];
  for (let element = row; inRow.length < deepest;) {
    if (element.getBoundingClientRect().top >= topPx) break;
    const children = Array.from(element.children);
    const next = children[findInView(children, topPx)];
    if (next === undefined) break;
    inRow.unshift(next);
    element = next;
  }
  const neighbours = [rows[at - 1], rows[at + 1]].filter((element) => element !== undefined);
  return [...inRow, ...neighbours].map((element) => ({
    element,
    topPx: element.getBoundingClientRect().top - topPx,
  }));
}

/** How far what the reader looks at has moved down; 0 when nothing of it is left. */
export function measureShift(box: Element, anchors: readonly Anchor[]): number {
  const anchor = anchors.find(({ element }) => element.isConnected);
  if (anchor === undefined) return 0;
  return (
    anchor.element.getBoundingClientRect().top - box.getBoundingClientRect().top - anchor.topPx
  );
}

/** Whether `content-visibility` leaves its contents out; browsers that can't tell lay out all. */
function isSkipped(row: Element | undefined): boolean {
  const content = row?.firstElementChild;
  return content?.checkVisibility({ contentVisibilityAuto: true }) === false;
}

/** The first element that ends below a line; they lie one below the other. */
function findInView(elements: readonly Element[], linePx: number): number {
  let from = 0;
  let to = elements.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const bottom = elements[middle]?.getBoundingClientRect().bottom ?? 0;
    if (bottom > linePx + 1) to = middle;
    else from = middle + 1;
  }
  return from;
}
