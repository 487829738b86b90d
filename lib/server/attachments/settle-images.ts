import "server-only";
import type { FilePart } from "@/lib/contracts/attachments";
import type { MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { findImageIds } from "@/lib/domain/images/find-image-ids";
import { requireAttachments, type AttachmentInfo } from "../db/attachments";

/** An image as a part of a message. */
export function toFilePart(info: AttachmentInfo): FilePart {
  const { id, mediaType, fileName, width, height } = info;
  return {
    type: "file",
    url: `/api/attachments/${id}`,
    mediaType,
    filename: fileName,
    width,
    height,
  };
}

/**
 * The parts of a new message with what the store knows of its images: what a client says of them
 * counts for nothing but which they are. Each image once, before the text.
 *
 * @throws AppError `not_found` when one of them is not the actor's.
 */
export async function settleImages(
  actor: Actor,
  parts: readonly MessagePart[],
): Promise<MessagePart[]> {
  const ids = findImageIds(parts);
  if (ids.length === 0) return [...parts];
  const stored = await requireAttachments(actor, ids);
  const images = ids.map((id) => {
    const info = stored.get(id);
    if (info === undefined) throw new AppError("not_found");
    return toFilePart(info);
  });
  return [...images, ...parts.filter(({ type }) => type !== "file")];
}
