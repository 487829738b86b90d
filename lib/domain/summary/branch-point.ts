/** A message of a branch as far as it matters for what a summary is to stand for. */
export type BranchPoint = {
  id: string;
  role: "user" | "assistant";
  /** By our own count; 0 for an answer without text. */
  tokens: number;
  isStreaming: boolean;
  isExcluded: boolean;
};

/** Whether anything of it goes into a summary. */
export function isTold({ role, tokens, isExcluded }: BranchPoint): boolean {
  return !isExcluded && (role === "user" || tokens > 0);
}
