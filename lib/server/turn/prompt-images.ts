import "server-only";
import { readAttachmentId, type FilePart } from "@/lib/contracts/attachments";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { readAttachmentBytes } from "../db/attachments";
import type { PromptImage } from "../models/prompt-message";

type Batch = { ids: Set<string>; read: Promise<Map<string, Uint8Array>> };

/**
 * Images for a prompt. Nothing is read before a request is made, and then only what that sends: all
 * that are asked for together in one query, each once for all tries.
 */
export function preparePromptImages(actor: Actor): (image: FilePart) => PromptImage {
  const read = new Map<string, Batch["read"]>();
  let next: Batch | null = null;
  const readTogether = (id: string): Batch["read"] => {
    const known = read.get(id);
    if (known !== undefined) return known;
    const batch = (next ??= gather());
    batch.ids.add(id);
    read.set(id, batch.read);
    return batch.read;
  };
  const gather = (): Batch => {
    const ids = new Set<string>();
    const bytes = Promise.resolve().then(() => {
      next = null;
      return readAttachmentBytes(actor, [...ids]);
    });
    // A database that was away may be back with the next try.
    bytes.catch(() => {
      for (const id of ids) read.delete(id);
    });
    return { ids, read: bytes };
  };
  return (image) => ({
    mediaType: image.mediaType,
    ...readSize(image),
    readBytes: async () => {
      const id = idOf(image);
      const bytes = (await readTogether(id)).get(id);
      if (bytes === undefined) throw new AppError("not_found");
      return bytes;
    },
  });
}

function idOf({ url }: FilePart): string {
  return readAttachmentId(url) ?? "";
}

function readSize({ width, height }: FilePart): Pick<PromptImage, "size"> {
  return width === undefined || height === undefined ? {} : { size: { width, height } };
}
