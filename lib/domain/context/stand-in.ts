import type { TokenCounts } from "@/lib/contracts/context";
import type { Ruler } from "../tokens/ruler";
import { findLanguage } from "./find-language";

/** The words that stand before an answer that would come first: models expect a user to begin. */
export type StandIn = { text: string; counts: TokenCounts; tokens: number };

/** Its id among what is sent; it stands for no message. */
export const standInId = "stand-in";

const texts = {
  en: "(The earlier part of this conversation is left out.)",
  zh: "（此前的对话内容已略去。）",
};

/** The stand-in in the language of what is asked. */
export function makeStandIn(question: string, ruler: Ruler): StandIn {
  const text = texts[findLanguage(question)];
  const counts = ruler.count(text);
  return { text, counts, tokens: ruler.measure(counts) + ruler.perMessage };
}

/** Whether what is sent needs it, given its first message. */
export function needsStandIn(first: { role: "user" | "assistant" } | undefined): boolean {
  return first?.role === "assistant";
}
