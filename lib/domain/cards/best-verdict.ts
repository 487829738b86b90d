import type { Verdict } from "@/lib/contracts/cards";

/** What several models can do of which the first that can is asked: yes where one of them can. */
export function bestVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("yes")) return "yes";
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === "no") ? "no" : "unknown";
}
