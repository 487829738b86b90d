/** One line of the report; figures are in `unit`, and null where there is none. */
export type Line = {
  /** Number of the row in the table of goals. */
  row: number;
  what: string;
  unit: string;
  parley: number | null;
  /** The same load through a server that only pipes. */
  pipe?: number | null;
  /** The same load straight against the upstream. */
  direct?: number | null;
  goal: string;
  note?: string;
};

const headings = ["row", "what", "unit", "direct", "pipe", "Parley", "÷ pipe", "goal", "note"];

/** The lines as an aligned Markdown table. */
export function formatTable(lines: readonly Line[]): string {
  const cells = lines.map((line) => [
    String(line.row),
    line.what,
    line.unit,
    formatFigure(line.direct),
    formatFigure(line.pipe),
    formatFigure(line.parley),
    formatRatio(line.parley, line.pipe),
    line.goal,
    line.note ?? "",
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const isFigure = (column: number) => column === 0 || (column >= 3 && column <= 6);
  const format = (row: readonly string[]) =>
    `| ${row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isFigure(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(" | ")} |`;
  const rule = `|${widths
    .map((width, column) => "-".repeat(width + 1) + (isFigure(column) ? ":" : "-"))
    .join("|")}|`;
  return [format(headings), rule, ...cells.map(format)].join("\n");
}

/** Three digits are what a bench knows. */
export function formatFigure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString("en");
  return value.toFixed(size >= 10 ? 1 : 2);
}

function formatRatio(value: number | null, floor: number | null | undefined): string {
  if (value === null || floor === null || floor === undefined || floor <= 0) return "–";
  return `${formatFigure(value / floor)}×`;
}
