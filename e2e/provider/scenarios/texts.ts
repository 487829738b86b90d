const fence = "```";

export const markdownText = `# A short tour

A paragraph with **bold**, *italic* and \`inline code\`.

- first point
- second point
  - a nested point

| Language | Year |
| --- | ---: |
| Python | 1991 |
| TypeScript | 2012 |

${fence}python
def greet(name: str) -> str:
    return f"Hello, {name}"
${fence}

The mass-energy relation is $$E = mc^2$$ in one line, and

$$
\\int_0^1 x^2\\,dx = \\frac{1}{3}
$$

${fence}mermaid
flowchart LR
  Browser --> Server --> Provider
${fence}

A [link](https://example.com/page) and an image: ![a lake](https://images.example.com/lake.png)
`;

export const codeText = `Here is a function that adds two numbers:

${fence}typescript
export function add(left: number, right: number): number {
  return left + right;
}
${fence}

And how to call it from a shell:

${fence}bash
node -e 'console.log(1 + 2)'
${fence}
`;

export const chineseText = `好的，我来解释一下。

滑动窗口（sliding window）的意思是：每次只把最近的几轮对话发给模型，更早的内容不再发送，但**系统提示词始终保留**。

1. 用户发送新消息；
2. 服务器从数据库重建历史；
3. 超出窗口的部分被略去。

这样既不会超出上下文窗口，也不会丢失任何记录。𠮷野家的「𠮷」和表情 👩‍👩‍👧‍👦 也要完整保留。`;

export const reasoningText = "The user asks a question. First I look at it, then I answer briefly.";

export const xssText = `Some harmless text before.

<script>window.hacked = "script";</script>
<img src="x" onerror="window.hacked = 'image'">
<iframe src="javascript:window.parent.hacked = 'frame'"></iframe>
<svg onload="window.hacked = 'svg'"></svg>
<style>body { display: none }</style>

[click me](javascript:window.hacked='link') and [data](data:text/html,<script>alert(1)</script>)

![beacon](https://beacon.example.com/pixel.png?secret=1)

${fence}mermaid
flowchart LR
  A["<img src=x onerror=window.hacked='mermaid'>"] --> B
  click B "javascript:window.hacked='mermaid'"
${fence}

Some harmless text after.
`;

/** Sentences of a plain English text, numbered, so that a missing piece is seen. */
export function writeSentences(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return numbers.map((number) => `Sentence ${String(number)} of the long text.`).join(" ");
}
