import type { DemoText } from "./demo-text";

const welcome = `## Hello, this is Parley

I am the **demo model**: no AI, no network, no key. I can't answer questions. What I can do is show you how an answer looks here, and tell you what is worth knowing about this place.

Things to try right now:

1. Press **Stop** while I write. What has come so far is kept.
2. Reload the page in the middle of an answer. It goes on where it was.
3. Hover over this answer to **copy** it or to have it written **again**.

Answers may carry tables, code and formulas:

| You write | I answer |
| --- | --- |
| \`echo\` and any text | the same text |
| \`count to 100\` | numbers, slowly enough to watch |
| \`help\` | the short list |
| 用中文写 | in Chinese |

\`\`\`python
def greet(name: str) -> str:
    """Every block has its language and a copy button."""
    return f"Hello, {name}!"

print(greet("Parley"))
\`\`\`

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

Write anything and I'll show you the next page: *what the server remembers*.`;

const memory = `## What the server remembers

A language model keeps no memory. With every message it must be given the conversation again, and that is Parley's work:

\`\`\`mermaid
sequenceDiagram
  participant You
  participant Parley
  participant Model
  You->>Parley: only the new message
  Parley->>Parley: stores it, rebuilds the history
  Parley->>Model: system prompt, recent rounds, new message
  Model-->>Parley: the answer, piece by piece
  Parley-->>You: the same pieces, and keeps them
\`\`\`

- **Nothing is lost.** Your message is stored before the model is asked. Close the tab: the answer is written to its end and waits for you, in any browser you sign in with.
- **A sliding window.** The last rounds go to the model, up to a limit of tokens. An admin sets both under *Settings → Conversation defaults*.
- **The system prompt always goes along.** There is a default, and each conversation may have one of its own.

How much fits is plain arithmetic:

$$
\\text{prompt} = \\text{system} + \\sum_{i=n-k}^{n} (\\text{question}_i + \\text{answer}_i) \\le \\text{limit}
$$

Next page: *connecting a real model*.`;

const connect = `## Connecting a real model

This takes an admin about a minute, under *Settings → Models and providers*:

1. Choose a provider, or enter the address of any OpenAI-style API.
2. Paste the key and press **Test**. The models that the provider has are listed.
3. Pick the ones to offer. The first becomes the default, and I step back.

| Provider | Base URL | Key |
| --- | --- | --- |
| OpenAI | \`https://api.openai.com/v1\` | yes |
| DeepSeek | \`https://api.deepseek.com\` | yes |
| SiliconFlow | \`https://api.siliconflow.cn/v1\` | yes |
| Ollama, on this machine | \`http://127.0.0.1:11434/v1\` | no |
| LM Studio, on this machine | \`http://127.0.0.1:1234/v1\` | no |

Or let the environment say it, before the start:

\`\`\`bash
export OPENAI_API_KEY="your key"
export OPENAI_BASE_URL="https://api.openai.com/v1"
export OPENAI_MODEL="the model's name"
npm start
\`\`\`

Keys are encrypted before they are stored and never shown again, not even to you.

Next page: *small things that save time*.`;

const habits = `## Small things that save time

- **Enter** sends, **Shift+Enter** breaks the line. While an input method is composing, Enter belongs to it.
- **Esc** stops an answer.
- Click the title to rename a conversation. Deleting one can be undone for a moment.
- Language and appearance are yours alone: *Settings → Profile*.
- To bring in the team, an admin makes a link under *Settings → People*. It works once.

> A picture in an answer is never loaded by itself. It could tell a stranger that you are reading, so you decide.

When a provider is slow, wrong or down, you get one plain sentence and a **Retry** button, and keep what you typed.

That is the whole tour. From here on I repeat myself; a real model would not.`;

const help = `I'm the demo model, without any AI. I understand:

- \`echo\` and a text: I say it back
- \`count to 50\`: I count, up to 500
- anything else: the next page of the tour

For real answers, connect a model under *Settings → Models and providers*.`;

/** What the demo model says in English. */
export const demoTextEn: DemoText = {
  tours: [welcome, memory, connect, habits],
  help,
  countedTo: (last, asked) =>
    last < asked ? `That's ${String(last)}. I stop there.` : `That's ${String(last)}.`,
};
