const maxCharacters = 60;

/**
 * The title of a conversation, from its first message: the first line that says something,
 * without Markdown's marks, cut at a word. Free, at once, and renamed by its owner at will.
 */
export function deriveTitle(text: string): string {
  const line = text
    .split("\n")
    .map((candidate) =>
      candidate
        .replace(/^[\s#>*`~-]+/, "")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .find((candidate) => candidate !== "");
  if (line === undefined) return "";
  const characters = Array.from(line);
  if (characters.length <= maxCharacters) return line;
  const cut = characters.slice(0, maxCharacters).join("");
  const lastSpace = cut.lastIndexOf(" ");
  // Chinese has no spaces; a space far back would cut too much.
  return `${(lastSpace > maxCharacters / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
