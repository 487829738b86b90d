import { readAscii } from "./read-ascii";

/**
 * How EXIF data says that the pixels are turned, 1 to 8; null where it does not say.
 *
 * Source: EXIF 2.3 section 4.6 (orientation, tag 0x0112), TIFF 6.0 section 2.
 *
 * @param tiff where the byte order mark of the data stands, from which it counts.
 */
export function readExifOrientation(view: DataView, tiff: number): number | null {
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
