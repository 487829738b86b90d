import type { TokenCounts } from "@/lib/contracts/context";
import type { Ruler } from "../tokens/ruler";
import { findLanguage } from "./find-language";
import type { PlanInput, PlanSummary } from "./plan-input";
import { shortenText } from "./shorten-text";

const frames = { en: "Summary of the earlier conversation:", zh: "此前对话的摘要：" };

/** Joined texts may take one token more than each by itself. */
const seamTokens = 2;

/**
 * The system message: the system prompt, and behind it, never in its place, the summary.
 *
 * @param sent the summary's text as it is sent.
 */
export function writeSystem(
  prompt: string | null,
  summary: PlanSummary | null,
  sent: string,
): string | null {
  if (summary === null) return prompt;
  const framed = `${frames[findLanguage(summary.text)]}\n${sent}`;
  return prompt === null ? framed : `${prompt}\n\n${framed}`;
}

/** A part of the system message that is never cut. */
export type SystemPart = { tokens: number; counts: TokenCounts[] };

/** Tokens of the system prompt with what chat formats add. */
export function measurePrompt({ system, systemCounts }: PlanInput, ruler: Ruler): SystemPart {
  if (system === null) return { tokens: 0, counts: [] };
  const counts = systemCounts ?? ruler.count(system);
  return { tokens: ruler.measure(counts) + ruler.perMessage, counts: [counts] };
}

/** Tokens of what frames the summary. */
export function measureFrame(
  { system }: PlanInput,
  summary: PlanSummary,
  ruler: Ruler,
): SystemPart {
  const counts = ruler.count(`\n\n${frames[findLanguage(summary.text)]}\n`);
  const overhead = system === null ? ruler.perMessage : 0;
  return { tokens: ruler.measure(counts) + seamTokens + overhead, counts: [counts] };
}

/** The summary as it is sent, with at most so many tokens of its text. */
export function shortenSummary(
  { text, counts }: PlanSummary,
  frame: SystemPart,
  cap: number,
  ruler: Ruler,
): SystemPart & { text: string } {
  const whole = ruler.measure(counts);
  const part = whole <= cap ? { text, counts } : shortenText(text, cap, whole, ruler);
  return {
    text: part.text,
    tokens: frame.tokens + ruler.measure(part.counts),
    counts: [...frame.counts, part.counts],
  };
}
