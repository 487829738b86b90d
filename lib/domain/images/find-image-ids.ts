import { readAttachmentId } from "@/lib/contracts/attachments";
import type { MessagePart } from "@/lib/contracts/messages";

/** The ids of the images in a message, each once. */
export function findImageIds(parts: readonly MessagePart[]): string[] {
  const ids = parts.map((part) => (part.type === "file" ? readAttachmentId(part.url) : null));
  return [...new Set(ids.filter((id) => id !== null))];
}

/** Whether a message shows images. */
export function hasImages(parts: readonly MessagePart[]): boolean {
  return parts.some(({ type }) => type === "file");
}
