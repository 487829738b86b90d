import "server-only";
import type { MessagePart } from "@/lib/contracts/messages";

/** The words of a message that a model is given: its text, without reasoning. */
export function readText(parts: readonly MessagePart[]): string {
  return joinTexts(parts, "text");
}

/** What a model thought before its answer; the gate passes it on only where it is wanted. */
export function readReasoning(parts: readonly MessagePart[]): string {
  return joinTexts(parts, "reasoning");
}

function joinTexts(parts: readonly MessagePart[], type: "text" | "reasoning"): string {
  return parts.flatMap((part) => (part.type === type ? [part.text] : [])).join("\n\n");
}
