const sideCharacters = 40;
const firstCharacters = 120;

/**
 * Some words around the first occurrence of `query` in Markdown, on one line: about 80 characters,
 * with an ellipsis where something is left out. Marks are left out too, unless they are what was
 * looked for.
 */
export function cutExcerpt(text: string, query: string): string {
  const plain = toPlainLine(text);
  const line = indexOf(plain, query) < 0 ? toLine(text) : plain;
  const start = Math.max(0, indexOf(line, query));
  const end = Math.min(line.length, start + query.length);
  return cutStart(line.slice(0, start)) + line.slice(start, end) + cutEnd(line.slice(end));
}

/** The first words of Markdown on one line, at most 120 characters; empty where it has none. */
export function takeFirstWords(text: string): string {
  const line = toPlainLine(text.toWellFormed()) || toLine(text.toWellFormed());
  const characters = Array.from(line);
  if (characters.length <= firstCharacters) return line;
  return `${characters
    .slice(0, firstCharacters - 1)
    .join("")
    .trimEnd()}…`;
}

const indexOf = (text: string, query: string) => text.toLowerCase().indexOf(query.toLowerCase());

const toLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** Without what only lays out: heads, quotes, lists, links' targets, code marks, emphasis. */
function toPlainLine(text: string): string {
  const marks = /\*{2,}|~{2,}|`+|(?<![\p{L}\p{N}])[*_]+|[*_]+(?![\p{L}\p{N}])/gu;
  return toLine(
    text
      .replace(/!?\[([^\]\n]*)\]\([^)\s]*\)/g, "$1")
      .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+/gm, "")
      .replace(marks, ""),
  );
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
