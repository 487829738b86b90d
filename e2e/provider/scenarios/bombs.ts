import type { Call, Scenario } from "../scenario";

const fence = "```";
const pieceCharacters = 16_384;

/** Streams a text in large pieces, as fast as it is read. */
async function pour(text: string, add: (piece: string) => Promise<void>, call: Call) {
  for (let at = 0; at < text.length && !call.isClosed(); at += pieceCharacters) {
    await add(text.slice(at, at + pieceCharacters));
  }
}

const languages =
  "bash c cpp csharp css go html java json kotlin lua perl php python r ruby rust sql ts xml yaml".split(
    " ",
  );

const numbered = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join("");

/** Texts that have brought down a page somewhere; each ends with a line that says so. */
const texts: Record<string, () => string> = {
  "bomb-quotes": () => ">".repeat(20_000),
  "bomb-quote-lines": () => "> a\n".repeat(20_000),
  "bomb-table": () =>
    `|${" a |".repeat(5_000)}\n|${" - |".repeat(5_000)}\n|${" 1 |".repeat(5_000)}\n`,
  "bomb-table-rows": () => `| a | b | c |\n|---|---|---|\n${"| 1 | **2** | `3` |\n".repeat(5_000)}`,
  "bomb-code-line": () => `${fence}js\n${"let a = 1; ".repeat(480_000)}\n${fence}`,
  "bomb-code-lines": () => `${fence}ts\n${"export const a = [1, 2, 3];\n".repeat(7_000)}${fence}`,
  "bomb-diagrams": () =>
    numbered(
      2_000,
      (index) => `${fence}mermaid\nflowchart LR\n  A${String(index)} --> B\n${fence}\n\n`,
    ),
  "bomb-code-blocks": () =>
    numbered(3_000, (index) => {
      const language = languages[index % languages.length] ?? "";
      return `${fence}${language}\nlet a = "${String(index)}"; // x\n${fence}\n\n`;
    }),
  "bomb-list": () => numbered(100_000, (index) => `- item ${String(index)}\n`),
  "bomb-brackets": () => `${"[".repeat(10_000)}a${"](b)".repeat(10_000)}`,
  "bomb-formulas": () => numbered(5_000, (index) => `$x_{${String(index)}}^2 + \\frac{1}{2}$\n\n`),
  "bomb-formulas-inline": () => "$\\sqrt{x}$ ".repeat(5_000),
  "bomb-links": () => "[a link](https://example.com/a) ".repeat(20_000),
  "bomb-stars": () => "*a **b ".repeat(20_000),
  "bomb-word": () => "x".repeat(2_000_000),
  "bomb-paragraphs": () => "Some words, and **more** of them.\n\n".repeat(3_500),
};

const poured: Record<string, Scenario> = Object.fromEntries(
  Object.entries(texts).map(([name, write]): [string, Scenario] => [
    name,
    async (call) => {
      await pour(`${write()}\n\nThe end.`, (piece) => call.answer.addText(piece), call);
      if (!call.isClosed()) await call.answer.finish();
    },
  ]),
);

const thinkLong: Scenario = async (call) => {
  const text = "First this, and then that, and so on. ".repeat(80_000);
  await pour(text, (piece) => call.answer.addReasoning(piece), call);
  await call.answer.addText("The end.");
  if (!call.isClosed()) await call.answer.finish();
};

const section = `## A section

Some words with **bold** and \`code\`, and [a link](https://example.com/page).

| one | two |
| --- | --- |
| 1 | 2 |
| 3 | 4 |

${fence}ts
export function add(left: number, right: number): number {
  return left + right;
}
${fence}

- first point
- second point

The mean is $\\frac{1}{n} \\sum_i x_i$, and so on.

`;

function paintAtPace(tokensPerSecond: number, count: number): Scenario {
  const tokens = section.match(/ ?\w{1,8}|[^\w\n]{1,3}|\n+/g) ?? [];
  return async (call) => {
    const startMs = performance.now();
    for (let index = 0; index < count && !call.isClosed(); index += 1) {
      await call.answer.addText(tokens[index % tokens.length] ?? "");
      // Late timers are made up for, so that the rate holds under load.
      const dueMs = startMs + ((index + 1) * 1000) / tokensPerSecond;
      await call.wait(Math.max(0, dueMs - performance.now()));
    }
    if (!call.isClosed()) await call.answer.finish();
  };
}

export const bombs: Record<string, Scenario> = {
  ...poured,
  "bomb-reasoning": thinkLong,
  /** Markdown of all kinds, for 40 seconds. */
  paint: paintAtPace(100, 4_000),
};

export const bombNames = [...Object.keys(poured), "bomb-reasoning"];
