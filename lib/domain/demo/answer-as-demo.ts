import type { Locale } from "@/lib/contracts/preferences";
import { readDemoCommand, type DemoCommand } from "./command";
import type { DemoText } from "./demo-text";
import { demoTextEn } from "./demo-text-en";
import { demoTextZh } from "./demo-text-zh";
import { detectDemoLanguage } from "./language";

type PromptMessage = { role: "system" | "user" | "assistant"; text: string };

const mostCounted = 500;

/**
 * What the demo model answers. No AI and no network: it says so, shows what an answer can look
 * like, echoes and counts. The same prompt always gets the same answer.
 *
 * @param locale for a user who has not written any letters yet.
 */
export function answerAsDemo(
  prompt: readonly PromptMessage[],
  { locale }: { locale?: Locale } = {},
): string {
  const written = prompt.filter(({ role }) => role === "user").map(({ text }) => text);
  const newestFirst = written.toReversed();
  const text = detectDemoLanguage(newestFirst, locale) === "zh-CN" ? demoTextZh : demoTextEn;
  const command = readDemoCommand(newestFirst[0] ?? "");
  return command === null ? nextTour(text, prompt) : obey(command, text);
}

function obey(command: DemoCommand, text: DemoText): string {
  switch (command.kind) {
    case "echo":
      return command.text;
    case "help":
      return text.help;
    case "count": {
      const last = Math.min(Math.max(command.to, 1), mostCounted);
      const numbers = Array.from({ length: last }, (_, index) => String(index + 1));
      return `${numbers.join(", ")}\n\n${text.countedTo(last, command.to)}`;
    }
  }
}

/** The tour after the last one that was shown, in either language, so that none comes twice running. */
function nextTour(text: DemoText, prompt: readonly PromptMessage[]): string {
  const shown = prompt
    .filter(({ role }) => role === "assistant")
    .map((message) => tourIndex(message.text))
    .findLast((index) => index !== null);
  const next = shown === undefined ? 0 : (shown + 1) % text.tours.length;
  return text.tours[next] ?? text.tours[0];
}

function tourIndex(answer: string): number | null {
  // A tour that was stopped half-way still counts as shown: its heading is there.
  const heading = answer.split("\n", 1)[0];
  for (const { tours } of [demoTextEn, demoTextZh]) {
    const index = tours.findIndex((tour) => tour.split("\n", 1)[0] === heading);
    if (index >= 0) return index;
  }
  return null;
}
