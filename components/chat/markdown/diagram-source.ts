const longestSource = 12_000;
const mostLines = 400;

/**
 * A diagram's source without what would configure the library: directives and front matter may
 * set other rights, fonts and addresses. Tags in labels lose their attributes: the sandbox would
 * run none of them, but it would complain about each.
 */
export function cleanDiagram(source: string): string {
  return source
    .replace(/^\s*---[ \t]*\n[\s\S]*?\n[ \t]*---[ \t]*(?:\n|$)/, "")
    .replaceAll(/%%\{[\s\S]*?\}%%/g, "")
    .replaceAll(/<([a-z][\w-]*)[\s/][^>\n]*>/gi, "<$1>")
    .trim();
}

/** Whether drawing it would hold up the page. */
export function isDiagramTooComplex(source: string): boolean {
  return source.length > longestSource || source.split("\n").length > mostLines;
}

/** What kind of diagram it is, in the word that its source begins with. */
export function diagramKind(source: string): string {
  return /^[A-Za-z][\w-]*/.exec(cleanDiagram(source))?.[0] ?? "mermaid";
}

/** Width and height of a drawn diagram in pixels, from its view box; null when it has none. */
export function diagramSize(svg: string): { width: number; height: number } | null {
  const box = /viewBox="[-\d.e]+[ ,]+[-\d.e]+[ ,]+([\d.e]+)[ ,]+([\d.e]+)"/.exec(svg);
  const width = Math.ceil(Number(box?.[1]));
  const height = Math.ceil(Number(box?.[2]));
  return width > 0 && height > 0 ? { width, height } : null;
}
