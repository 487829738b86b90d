import { readAscii } from "./read-ascii";
import { readExifOrientation } from "./read-exif-orientation";

type Size = { width: number; height: number };
type WebpHeader = Size & { orientation: number };

/**
 * Size and orientation of a WebP, by its first chunks. The size is the largest that one of them
 * claims, so that a small canvas can't hide a large picture.
 *
 * Source: RFC 9649 (WebP container), RFC 6386 section 9.1 (VP8 frame header).
 */
export function readWebpHeader(view: DataView): WebpHeader | null {
  let largest: Size | null = null;
  let orientation: number | null = null;
  for (let at = 12, chunks = 0; at + 18 <= view.byteLength && chunks < 64; chunks += 1) {
    const name = readAscii(view, at, 4);
    const size = readSize(view, name, at + 8);
    if (size && size.width * size.height > (largest ? largest.width * largest.height : 0))
      largest = size;
    if (name === "EXIF") orientation ??= readOrientation(view, at + 8);
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return largest && { ...largest, orientation: orientation ?? 1 };
}

/** Some programs put the mark of a JPEG's EXIF data before it. */
function readOrientation(view: DataView, at: number): number | null {
  return readExifOrientation(view, readAscii(view, at, 4) === "Exif" ? at + 6 : at);
}

function readSize(view: DataView, name: string, at: number): Size | null {
  const has = (length: number) => at + length <= view.byteLength;
  if (name === "VP8X" && has(10))
    return { width: plusOne(view, at + 4), height: plusOne(view, at + 7) };
  // A frame of an animation: its place (6 bytes), then its size.
  if (name === "ANMF" && has(12))
    return { width: plusOne(view, at + 6), height: plusOne(view, at + 9) };
  if (name === "VP8 " && has(10))
    return {
      width: view.getUint16(at + 6, true) & 0x3fff,
      height: view.getUint16(at + 8, true) & 0x3fff,
    };
  if (name === "VP8L" && has(5)) {
    const bits = view.getUint32(at + 1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return null;
}

/** 24 bits, little end first, of a value that is stored less one. */
function plusOne(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000 + 1;
}
