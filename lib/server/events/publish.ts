import "server-only";
import type { AccountEvent } from "@/lib/contracts/events";
import { accountBus } from "./account-bus";

/**
 * Tells the browsers of an account what changed. Never throws and never waits: whoever misses an
 * event reads the lists again.
 */
export function publishEvent(userId: string, event: AccountEvent): void {
  accountBus().send(userId, event);
}

/** Ends at once, on every instance, the event streams of an account's sessions that have ended. */
export function publishSessionsEnded(userId: string): void {
  accountBus().send(userId, { type: "check-session" });
}

/** Ends the event streams of one browser, which signed out. */
export function publishSignOut(userId: string, sessionKey: string): void {
  accountBus().send(userId, { type: "signed-out", sessionKey });
}
