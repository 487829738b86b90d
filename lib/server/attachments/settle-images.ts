import "server-only";
import type { FilePart } from "@/lib/contracts/attachments";
import type { MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { findImageIds } from "@/lib/domain/images/find-image-ids";
import { findAttachments, type AttachmentInfo } from "../db/attachments";

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
  const settled = await settleFoundImages(actor, parts);
  const images = settled.filter(({ type }) => type === "file");
  if (images.length < findImageIds(parts).length) throw new AppError("not_found");
  return settled;
}

/** As `settleImages`, without images that are not there, such as one that was removed just now. */
export async function settleFoundImages(
  actor: Actor,
  parts: readonly MessagePart[],
): Promise<MessagePart[]> {
  const ids = findImageIds(parts);
  if (ids.length === 0) return [...parts];
  const stored = await findAttachments(actor, ids);
  const images = ids.flatMap((id) => {
    const info = stored.get(id);
    return info === undefined ? [] : toFilePart(info);
  });
  return [...images, ...parts.filter(({ type }) => type !== "file")];
}
