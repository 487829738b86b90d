import { readAscii } from "./read-ascii";

type JpegHeader = { width: number; height: number; orientation: number };

/**
 * Size and orientation of a JPEG, from the segments before its pixels.
 *
 * Source: ITU-T T.81 annex B (segments), EXIF 2.3 section 4.6 (orientation, tag 0x0112).
 */
export function readJpegHeader(view: DataView): JpegHeader | null {
  let orientation = 1;
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), orientation };
    // The pixels begin, and no size came before them.
    if (marker === 0xda || marker === 0xd9) return null;
    if (marker === 0xe1) orientation = readOrientation(view, at + 4) ?? orientation;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The markers SOF0 to SOF15 without the three in between that mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function readOrientation(view: DataView, at: number): number | null {
  if (readAscii(view, at, 4) !== "Exif") return null;
  const tiff = at + 6;
  if (tiff + 8 > view.byteLength) return null;
  const isLittle = readAscii(view, tiff, 2) === "II";
  const directory = tiff + view.getUint32(tiff + 4, isLittle);
  if (directory + 2 > view.byteLength) return null;
  const entries = view.getUint16(directory, isLittle);
  for (let entry = 0; entry < entries; entry += 1) {
    const place = directory + 2 + entry * 12;
    if (place + 12 > view.byteLength) return null;
    if (view.getUint16(place, isLittle) !== 0x0112) continue;
    const value = view.getUint16(place + 8, isLittle);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
