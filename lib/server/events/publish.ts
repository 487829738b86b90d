import "server-only";
import type { AccountEvent } from "@/lib/contracts/events";
import { deliverEvent } from "./bus";

/**
 * Tells the browsers of an account what changed. Never throws and never waits: whoever misses an
 * event reads the lists again.
 */
export function publishEvent(userId: string, event: AccountEvent): void {
  deliverEvent(userId, event);
}
