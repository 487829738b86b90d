import type { ContextMark } from "@/lib/contracts/context";
import type { Ruler } from "../tokens/ruler";
import type { PlanMessage } from "./plan-input";

/** A message at its place in the branch. */
export type Item = {
  readonly at: number;
  readonly message: PlanMessage;
  readonly role: PlanMessage["role"];
  readonly mark: ContextMark;
  /** Tokens that chat formats add, and of images: there or not, never fewer. */
  readonly fixed: number;
  /** Tokens of its text. */
  readonly text: number;
};

/** Measures a message by what is known of it. */
export function measureItem(
  message: PlanMessage,
  at: number,
  mark: ContextMark,
  ruler: Ruler,
): Item {
  const { role, counts, imageTokens = 0 } = message;
  const fixed = ruler.perMessage + imageTokens;
  return { at, message, role, mark, fixed, text: ruler.measure(counts) };
}
