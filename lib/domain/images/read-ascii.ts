/** Bytes as characters; fewer where the file ends. */
export function readAscii(view: DataView, at: number, length: number): string {
  let text = "";
  for (let i = at; i < Math.min(at + length, view.byteLength); i += 1)
    text += String.fromCharCode(view.getUint8(i));
  return text;
}
