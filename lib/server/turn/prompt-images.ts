import "server-only";
import { readAttachmentId, type FilePart } from "@/lib/contracts/attachments";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { readAttachmentBytes } from "../db/attachments";
import type { PromptImage } from "../models/model-call";

/**
 * Images for a prompt. Nothing is read before a request is made; then all of them are, in one
 * query, once for all tries.
 *
 * @param kept every image that any message of the prompt shows.
 */
export function preparePromptImages(
  actor: Actor,
  kept: readonly FilePart[],
): (image: FilePart) => PromptImage {
  const ids = [...new Set(kept.map(idOf))];
  let reading: Promise<Map<string, Uint8Array>> | null = null;
  const readAll = () => {
    reading ??= readAttachmentBytes(actor, ids);
    // A database that was away may be back with the next try.
    reading.catch(() => {
      reading = null;
    });
    return reading;
  };
  return (image) => ({
    mediaType: image.mediaType,
    readBytes: async () => {
      const bytes = (await readAll()).get(idOf(image));
      if (bytes === undefined) throw new AppError("not_found");
      return bytes;
    },
  });
}

function idOf({ url }: FilePart): string {
  return readAttachmentId(url) ?? "";
}
