import type { PlanEntry } from "@/lib/contracts/context";

/** What is known of the messages of a plan: its newest page, and older ones that were asked for. */
export type PlanPages = {
  /** Oldest first, without gaps. */
  entries: readonly PlanEntry[];
  /** Cursor of the page before; null at the start of the conversation. */
  before: string | null;
};

/** Puts a new plan's page behind what is known before it; what does not meet is let go. */
export function takeNewest(known: PlanPages | null, page: PlanPages): PlanPages {
  const first = page.entries[0]?.messageId;
  const meetsAt = known?.entries.findIndex(({ messageId }) => messageId === first) ?? -1;
  if (known === null || meetsAt <= 0) return { entries: page.entries, before: page.before };
  return { entries: [...known.entries.slice(0, meetsAt), ...page.entries], before: known.before };
}

/** Puts an older page in front; one that was asked for too late changes nothing. */
export function takeOlder(known: PlanPages, page: PlanPages, askedBefore: string): PlanPages {
  if (known.before !== askedBefore) return known;
  const ids = new Set(known.entries.map(({ messageId }) => messageId));
  const older = page.entries.filter(({ messageId }) => !ids.has(messageId));
  // A page that brings nothing is the end, whatever it says.
  const before = page.before === askedBefore ? null : page.before;
  return { entries: [...older, ...known.entries], before };
}

/** Takes over what becomes of messages that are listed already. */
export function retakeOlder(known: PlanPages, page: PlanPages): PlanPages {
  const fresh = new Map(page.entries.map((entry) => [entry.messageId, entry]));
  return {
    ...known,
    entries: known.entries.map((entry) => fresh.get(entry.messageId) ?? entry),
  };
}
