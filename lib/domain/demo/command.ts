export type DemoCommand =
  { kind: "echo"; text: string } | { kind: "count"; to: number } | { kind: "help" };

// Full-width colons and digits are what a Chinese keyboard gives.
const echo = /^(?:echo|repeat|回声|复读)(?:\s+|\s*[:：]\s*)(\S[\s\S]*)$/iu;
const countEnglish = /^(?:please\s+)?count\s+(?:from\s+1\s+)?(?:up\s+)?to\s+(\d{1,9})\D*$/iu;
const countChinese = /^(?:请|帮我)?(?:从\s*[1一]\s*)?数到\s*(\d{1,9})\D*$/u;
const help =
  /^(?:\/?help|\?|what can you do\s*\??|帮助|怎么用|你能做什么|你会什么)\s*[?？!！。.]*$/iu;

/** What the demo model is told to do, or null when it is just talked to. */
export function readDemoCommand(message: string): DemoCommand | null {
  const text = message.trim();
  const echoed = echo.exec(text)?.[1];
  if (echoed !== undefined) return { kind: "echo", text: echoed };
  // Digits in their plain form: ５０ is 50.
  const plain = text.normalize("NFKC");
  const limit = countEnglish.exec(plain)?.[1] ?? countChinese.exec(plain)?.[1];
  if (limit !== undefined) return { kind: "count", to: Number(limit) };
  return help.test(text) ? { kind: "help" } : null;
}
