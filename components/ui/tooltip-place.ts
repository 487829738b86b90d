type Box = { left: number; top: number; right: number; bottom: number };
type Size = { width: number; height: number };

const gapPx = 6;
const edgePx = 8;

/** Below what it belongs to and in its middle; above where there is no room, and never off the page. */
export function placeTooltip(anchor: Box, tip: Size, page: Size): { left: number; top: number } {
  const middle = (anchor.left + anchor.right - tip.width) / 2;
  const left = Math.max(edgePx, Math.min(middle, page.width - tip.width - edgePx));
  const below = anchor.bottom + gapPx;
  const fits = below + tip.height + edgePx <= page.height;
  return { left, top: fits ? below : Math.max(edgePx, anchor.top - gapPx - tip.height) };
}
