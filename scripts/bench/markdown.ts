// One screen of what models write: prose, a list, a table, code, a formula, and prose again.
const page = `## A section with some words

Streams arrive word by word, and a reader follows along while the **last block** still grows. What is
complete should never be drawn again, with \`inline code\` and [a link](https://example.com) in it.

- first point, with a few more words
- second point, which is *longer* than the first one and wraps on a narrow screen
  1. nested, numbered
  2. and once more

| model | window | price |
| --- | ---: | --- |
| small | 128,000 | low |
| large | 1,000,000 | high |

\`\`\`ts
export function add(one: number, other: number): number {
  // Adds up.
  return one + other;
}
\`\`\`

The mean is $\\bar{x} = \\frac{1}{n} \\sum_{i=1}^{n} x_i$, and that is all there is to say about it.

`;

// About what tokenizers make of English: a word, or a few characters of anything else.
const pieces = page.match(/ ?\w{1,8}|[^\w\n]{1,3}|\n+/g) ?? [];

/** The nth token of an endless Markdown document. */
export function markdownToken(index: number): string {
  return pieces[index % pieces.length] ?? "";
}

/** A whole answer with code in it. */
export const markdownAnswer = page;
