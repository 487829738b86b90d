import "server-only";
import type { UploadedImage } from "@/lib/contracts/attachments";
import { limits } from "@/lib/contracts/limits";
import type { ThrottleRule } from "@/lib/domain/accounts/throttle-rules";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { requireTry, throttleKey } from "../auth/throttle";
import { createAttachment } from "../db/attachments";
import { mediaType, readBytes } from "../http/read-body";
import { makeFileName } from "./file-name";
import { remakeImage } from "./remake-image";
import { toFilePart } from "./settle-images";

const minuteMs = 60_000;

/** Each upload is work for a whole processor for a moment. */
const uploadRule: ThrottleRule = {
  tries: 30,
  windowMs: minuteMs,
  isSliding: false,
  blocksMs: [minuteMs],
  calmMs: 0,
};

/**
 * Takes the body of an upload: made anew from its pixels, and kept as the actor's.
 *
 * @param fileName what the actor calls it.
 * @throws AppError `unsupported_media_type`, `payload_too_large`, `image_unreadable`,
 * `image_too_large`, `image_store_full` or `rate_limited`.
 */
export async function takeUpload(
  actor: Actor,
  request: Request,
  fileName: string,
): Promise<UploadedImage> {
  // What a form of another site can't send without asking first; the content says what it is.
  if (!/^(?:image\/[\w.+-]+|application\/octet-stream)$/.test(mediaType(request) ?? ""))
    throw new AppError("unsupported_media_type");
  const key = throttleKey("upload", actor.userId);
  await requireTry(key, uploadRule, "rate_limited", new Date());
  const { bytes, ...image } = await remakeImage(await readBytes(request, limits.uploadBytes));
  const stored = await createAttachment(
    actor,
    { ...image, bytes, fileName: makeFileName(fileName, image.mediaType) },
    limits.imageStoreBytes,
  );
  return { id: stored.id, part: toFilePart(stored), byteLength: stored.byteLength };
}
