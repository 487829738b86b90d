import * as z from "zod";

// PostgreSQL refuses NUL, and UTF-8 has no place for half a surrogate pair.
const nul = /\u0000/g;

/** Removes NUL and replaces lone surrogates by U+FFFD: what PostgreSQL and UTF-8 cannot hold. */
export function cleanText(text: string): string {
  return text.replace(nul, "").toWellFormed();
}

/** Text of many lines, cleaned; sizes are UTF-16 code units, as the browser counts them. */
export const longText = (max: number) => z.string().max(max).transform(cleanText);

/** Text of one line: cleaned, control characters become spaces, trimmed, not empty. */
export const lineText = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) =>
      cleanText(text)
        .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
        .trim(),
    )
    .pipe(z.string().min(1));
