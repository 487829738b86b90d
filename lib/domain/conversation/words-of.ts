import type { MessagePart } from "@/lib/contracts/messages";

/** The words of a part; a file has none. */
export const wordsOf = (part: MessagePart): string => (part.type === "file" ? "" : part.text);
