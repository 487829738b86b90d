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

/**
 * What is said about a branch on which one message takes the place of another: it has the other's
 * pin, and the branch starts from it where it started from the other. What was left out was that
 * text, not this one.
 */
export function replaceMessage(
  context: BranchContext,
  fromId: string,
  toId: string,
): BranchContext {
  const { [fromId]: mark, ...others } = context.marks;
  return {
    ...context,
    marks: mark === "pinned" ? { ...others, [toId]: mark } : others,
    startId: context.startId === fromId ? toId : context.startId,
  };
}
