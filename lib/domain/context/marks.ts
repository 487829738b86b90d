import type { BranchContext, ContextMark } from "@/lib/contracts/context";

/** What is said about a branch once a message of it has this mark. */
export function setMark(
  context: BranchContext,
  messageId: string,
  mark: ContextMark,
): BranchContext {
  const { [messageId]: _before, ...others } = context.marks;
  return { ...context, marks: mark === "auto" ? others : { ...others, [messageId]: mark } };
}

/** The mark of a message. */
export function findMark({ marks }: BranchContext, messageId: string): ContextMark {
  return marks[messageId] ?? "auto";
}
