import type { FilePart } from "@/lib/contracts/attachments";
import type { MessagePart } from "@/lib/contracts/messages";
import { estimateImageTokens } from "./image-tokens";

/** How many images go along with one call, the newest: each costs tokens with every question. */
export const mostImagesPerCall = 20;

/** What a message is sent as once its images are settled. */
export type ShownMessage = { text: string; images: FilePart[]; imageTokens: number };

/** Stands for images that a model is not shown, where a message has no words. */
const imageWord = "[image]";

/**
 * Decides which images of a branch are shown to a model: the newest ones, at most `most`.
 *
 * @param branch oldest first; only users' messages have images.
 */
export function chooseImages(
  branch: readonly { text: string; parts: readonly MessagePart[] }[],
  most = mostImagesPerCall,
): ShownMessage[] {
  let left = most;
  return branch
    .toReversed()
    .map(({ text, parts }): ShownMessage => {
      const all = parts.filter((part) => part.type === "file");
      const images = all.slice(0, left);
      left -= images.length;
      const isMute = text.trim() === "" && images.length === 0 && all.length > 0;
      const imageTokens = images.reduce((sum, image) => sum + estimateImageTokens(image), 0);
      return { text: isMute ? imageWord : text, images, imageTokens };
    })
    .reverse();
}
