const sentenceEnd = /[。！？；…]["'”’」』）)]*|[.!?;:]["'”’)]*(?=\s)|\n/gu;

/** Marks of Markdown, which nobody wants read aloud. */
const marks = /[*_~`#>|]+|^\s*[-+]\s+|\]\([^)]*\)|\[/gmu;

/**
 * The whole sentences of a growing text after `start`, without marks, and where they end. Half a
 * sentence waits for its end.
 */
export function takeSentences(text: string, start: number): { sentences: string; end: number } {
  const fresh = text.slice(start);
  let length = 0;
  for (const match of fresh.matchAll(sentenceEnd)) length = match.index + match[0].length;
  const sentences = fresh.slice(0, length).replaceAll(marks, "").replaceAll(/\s+/g, " ").trim();
  return { sentences, end: start + length };
}
