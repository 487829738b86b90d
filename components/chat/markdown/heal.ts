/**
 * The end of a text that is still being written, without what would look broken: markers that
 * are not closed yet are closed, and what cannot be shown in half waits. Only for the last block.
 */
export function healBlock(raw: string): string {
  if (/^ {0,3}(?:`{3,}|~{3,})/.test(raw)) return raw;
  return healMarkers(healLink(healFormula(healTable(raw))));
}

/** A table shows from its second line on; until then its head would be a line of bars. */
function healTable(raw: string): string {
  const lines = raw.split("\n");
  const head = lines.findIndex((line) => /^ {0,3}\|/.test(line));
  if (head < 0) return raw;
  const rule = lines[head + 1];
  const isTable = rule !== undefined && /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)/.test(rule);
  if (!isTable || (lines.length === head + 2 && !isWholeRule(lines[head] ?? "", rule))) {
    return lines.slice(0, head).join("\n");
  }
  const last = lines.at(-1) ?? "";
  const isHalfRow = lines.length > head + 2 && !/\|[ \t]*$/.test(last);
  return isHalfRow ? lines.slice(0, -1).join("\n") : raw;
}

function isWholeRule(head: string, rule: string): boolean {
  const cells = (line: string) =>
    line
      .trim()
      .replaceAll(/^\||\|$/g, "")
      .split("|").length;
  return cells(rule) >= cells(head) && /-:?[ \t]*\|?[ \t]*$/.test(rule);
}

/** A formula shows when it is whole. */
function healFormula(raw: string): string {
  const dollars = raw.split("$$").length - 1;
  if (dollars % 2 === 1) return raw.slice(0, raw.lastIndexOf("$$"));
  for (const [open, close] of [
    ["\\[", "\\]"],
    ["\\(", "\\)"],
  ] as const) {
    const at = raw.lastIndexOf(open);
    if (at >= 0 && !raw.includes(close, at)) return raw.slice(0, at);
  }
  return raw;
}

/** A link shows its text while its address is on the way; an image waits. */
function healLink(raw: string): string {
  const image = /!\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/.exec(raw);
  if (image !== null) return raw.slice(0, image.index);
  return raw.replace(/\[([^\]\n]*)\]\([^)\n]*$/, "$1");
}

function healMarkers(raw: string): string {
  // A marker at the very end may be the first half of a longer one.
  const text = raw.replace(/(?:^|(?<=[\s(（“]))[*_~`]{1,3}$/, "").replace(/(?<=[^*])\*$/, "");
  const outside = text.replaceAll(/`[^`\n]*`/g, "");
  const lastLine = outside.slice(outside.lastIndexOf("\n\n") + 1);
  if (count(lastLine, "`") % 2 === 1) return `${text}\``;
  let healed = text;
  if (count(lastLine, "**") % 2 === 1) healed += "**";
  if (count(lastLine, "~~") % 2 === 1) healed += "~~";
  return healed;
}

function count(text: string, marker: string): number {
  return text.split(marker).length - 1;
}
