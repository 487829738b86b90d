import type { ImageType } from "@/lib/contracts/attachments";
import { readAscii } from "./read-ascii";
import { readJpegHeader } from "./read-jpeg-header";
import { readWebpHeader } from "./read-webp-header";

/** What the first bytes of a file say, before anything of it is decoded. */
export type ImageHeader = {
  type: ImageType;
  width: number;
  height: number;
  /** How the pixels are turned: 1 to 8 as EXIF counts, 1 for upright. */
  orientation: number;
};

/** Larger images are refused: decoded, one takes 4 bytes a pixel, and as much again on the way. */
export const mostImagePixels = 40_000_000;

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads kind and size of an image from its content; name and declared type count for nothing.
 *
 * @returns null for everything that is not PNG, JPEG, WebP or GIF, or has no size.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const header = readKnownHeader(bytes);
  return header !== null && header.width > 0 && header.height > 0 ? header : null;
}

function readKnownHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (pngSignature.every((byte, at) => bytes[at] === byte)) return readPng(view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    const jpeg = readJpegHeader(view);
    return jpeg && { type: "image/jpeg", ...jpeg };
  }
  if (readAscii(view, 0, 4) === "RIFF" && readAscii(view, 8, 4) === "WEBP") {
    const webp = readWebpHeader(view);
    return webp && { type: "image/webp", ...webp };
  }
  if (/^GIF8[79]a$/.test(readAscii(view, 0, 6))) return readGif(view);
  return null;
}

function readPng(view: DataView): ImageHeader | null {
  if (view.byteLength < 33 || readAscii(view, 12, 4) !== "IHDR") return null;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  return { type: "image/png", ...size, orientation: 1 };
}

function readGif(view: DataView): ImageHeader | null {
  if (view.byteLength < 14) return null;
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  return { type: "image/gif", ...size, orientation: 1 };
}
