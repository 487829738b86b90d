const sideCharacters = 40;

/**
 * Some words around the first occurrence of `query` in Markdown, on one line and without marks:
 * about 80 characters, with an ellipsis where something is left out.
 */
export function cutExcerpt(text: string, query: string): string {
  const at = text.toLowerCase().indexOf(query.toLowerCase());
  const start = Math.max(0, at);
  const end = at < 0 ? 0 : start + query.length;
  const before = plain(text.slice(0, start));
  const after = plain(text.slice(end));
  const hit = text.slice(start, end).replace(/\s+/g, " ");
  return `${cutStart(before)}${hit}${cutEnd(after)}`.trim();
}

/** Without what only lays out: heads, quotes, lists, emphasis, code, link targets; one line. */
function plain(text: string): string {
  return text
    .replace(/\]\([^)\s]*\)/g, "")
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+/gm, "")
    .replace(/[*_`~[\]|]+/g, "")
    .replace(/\s+/g, " ");
}

// Cut between characters, not within one that takes two code units.
function cutStart(text: string): string {
  const characters = Array.from(text);
  return characters.length <= sideCharacters
    ? text
    : `…${characters.slice(-sideCharacters).join("").trimStart()}`;
}

function cutEnd(text: string): string {
  const characters = Array.from(text);
  return characters.length <= sideCharacters
    ? text
    : `${characters.slice(0, sideCharacters).join("").trimEnd()}…`;
}
