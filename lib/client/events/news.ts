import type { ConversationSummary } from "@/lib/contracts/conversations";
import type { AccountEvent } from "@/lib/contracts/events";

/** What a page hears of the account it shows, whichever tab heard it first. */
export type News =
  | Exclude<AccountEvent, { type: "hello" }>
  /** From now on, events come. */
  | { type: "connected" }
  /** Something may have been missed: what is shown should be read again. */
  | { type: "missed" }
  /** The newest conversations were read. */
  | { type: "listed"; conversations: readonly ConversationSummary[] };

const listeners = new Set<(news: News) => void>();

/** @returns what ends it. */
export function onNews(listener: (news: News) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Tells everything on this page. */
export function tellNews(news: News): void {
  for (const listener of [...listeners]) listener(news);
}
