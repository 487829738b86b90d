import "server-only";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { limits } from "@/lib/contracts/limits";
import { AppError } from "@/lib/domain/errors/app-error";
import {
  mostImagePixels,
  readImageHeader,
  type ImageHeader,
} from "@/lib/domain/images/read-image-header";
import { singleton } from "../singleton";
import { WorkQueue } from "../work-queue";

// Loaded by path: the thread runs outside of what is bundled.
const workerFile = path.resolve("lib/server/attachments/image-worker.mjs");

const patienceMs = 20_000;
const mostWaiting = 40;

/** An image as it is kept: made from nothing but the pixels of what came. */
export type RemadeImage = {
  mediaType: "image/png" | "image/jpeg" | "image/webp";
  bytes: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
};

// Decoded pixels bound what is at work at a time: two photos, or one picture of the largest size.
const queue = () => singleton("image-queue", () => new WorkQueue(2, mostImagePixels, mostWaiting));

/**
 * Makes an image anew: upright, at most `limits.imageSide` pixels long, the first picture of an
 * animation, without metadata or anything else that was in the file. Works in a thread of its own.
 *
 * @throws AppError `image_unreadable`, `image_too_large`, or `rate_limited` when too many wait.
 */
export async function remakeImage(bytes: Uint8Array<ArrayBuffer>): Promise<RemadeImage> {
  const header = readImageHeader(bytes);
  if (header === null) throw new AppError("image_unreadable");
  const pixels = header.width * header.height;
  if (pixels > mostImagePixels) throw new AppError("image_too_large");
  return queue().run(pixels, () => remakeApart(bytes, header));
}

async function remakeApart(
  bytes: Uint8Array<ArrayBuffer>,
  { type, orientation }: ImageHeader,
): Promise<RemadeImage> {
  const isPhoto = type === "image/jpeg" || type === "image/webp";
  const worker = new Worker(workerFile, {
    workerData: { bytes, orientation, isPhoto, maxSide: limits.imageSide },
    // What a codec prints about a broken file concerns nobody.
    stdout: true,
    stderr: true,
  });
  const timer = setTimeout(() => void worker.terminate(), patienceMs);
  try {
    const remade = await new Promise<RemadeImage | null>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      // Ended by the timer: no honest image takes this long.
      worker.once("exit", () => {
        resolve(null);
      });
    });
    if (remade === null) throw new AppError("image_unreadable");
    return remade;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
