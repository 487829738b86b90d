import { readAscii } from "./read-ascii";
import { readExifOrientation } from "./read-exif-orientation";

type JpegHeader = { width: number; height: number; orientation: number };

/**
 * Size and orientation of a JPEG, from the segments before its pixels.
 *
 * Source: ITU-T T.81 annex B (segments), EXIF 2.3 section 4.5.4 (where its data stands).
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
  return readAscii(view, at, 4) === "Exif" ? readExifOrientation(view, at + 6) : null;
}
