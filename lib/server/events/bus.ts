import "server-only";
import type { AccountEvent } from "@/lib/contracts/events";
import { singleton } from "../singleton";

export type EventListener = (event: AccountEvent) => void;

const listeners = () => singleton("account-events", () => new Map<string, Set<EventListener>>());

/** Hears what is published for an account. @returns what ends it. */
export function listenToEvents(userId: string, listener: EventListener): () => void {
  const all = listeners();
  const own = all.get(userId) ?? new Set();
  all.set(userId, own.add(listener));
  return () => {
    own.delete(listener);
    if (own.size === 0 && all.get(userId) === own) all.delete(userId);
  };
}

/** Hands an event to the account's listeners in this process. */
export function deliverEvent(userId: string, event: AccountEvent): void {
  for (const listener of listeners().get(userId) ?? []) listener(event);
}
