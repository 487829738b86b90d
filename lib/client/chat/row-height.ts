import type { Message } from "@/lib/contracts/messages";

const linePx = 27;
const charactersInLine = 84;
/** Chinese, Japanese and Korean letters, which are about twice as wide. */
const wide = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/g;
const mostPx = 6_000;
/** Longer messages of one's own are folded. */
const mostOfUserPx = 320;
/** More of a text than this tells nothing new about its height. */
const sampledCharacters = 4_000;

/**
 * About how tall a message will be, in pixels, before it was laid out: with a wrong guess the
 * scroll bar jumps as rows come into view.
 */
export function estimateRowPx({ role, parts }: Pick<Message, "role" | "parts">): number {
  const lines = parts.reduce(
    (sum, { type, text = "" }: { type: string; text?: string }) =>
      sum + (type === "text" ? countLines(text) : type === "file" ? 0 : 1),
    0,
  );
  const px = 60 + lines * linePx;
  return (
    Math.round(Math.min(role === "user" ? mostOfUserPx : mostPx, px)) + estimateImagesPx(parts)
  );
}

/** Images stand three in a row, and one alone is larger. */
function estimateImagesPx(parts: Message["parts"]): number {
  const images = parts.filter(({ type }) => type === "file").length;
  return images === 1 ? 240 : Math.ceil(images / 3) * 166;
}

function countLines(text: string): number {
  const sample = text.slice(0, sampledCharacters);
  const wideCount = sample.match(wide)?.length ?? 0;
  const breaks = sample.split("\n").length - 1;
  const lines = Math.max(1, (sample.length + wideCount) / charactersInLine + breaks * 0.7);
  return text.length <= sampledCharacters ? lines : (lines * text.length) / sampledCharacters;
}
