import "server-only";
import { cleanText } from "@/lib/contracts/text";

const mostCharacters = 120;

const extensions = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;

/**
 * The name that an image is kept under: what its owner called it, as one line without path and
 * with the extension of what it is now, so that nothing can pass for another kind of file.
 */
export function makeFileName(given: string, mediaType: keyof typeof extensions): string {
  const name = cleanText(given)
    // Control and format characters too: a right-to-left mark can hide an extension.
    .replace(/[\p{C}\p{Zl}\p{Zp}"<>|:*?]+/gu, " ")
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/(?:\.[A-Za-z0-9]{1,5})+\s*$/, "")
    .trim();
  const short = Array.from(name ?? "")
    .slice(0, mostCharacters)
    .join("")
    .trim();
  return `${short === "" ? "image" : short}.${extensions[mediaType]}`;
}

/** The name in a Content-Disposition header, for old readers and for those that know RFC 6266. */
export function quoteFileName(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}
