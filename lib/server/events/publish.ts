import "server-only";
import type { AccountEvent } from "@/lib/contracts/events";
import type { Actor } from "@/lib/domain/actor";
import { getConversation } from "../db/conversations";
import { logger } from "../logger";
import { accountBus } from "./account-bus";

/**
 * Tells the browsers of an account what changed. Never throws and never waits: whoever misses an
 * event reads the lists again.
 */
export function publishEvent(userId: string, event: AccountEvent): void {
  accountBus().send(userId, event);
}

/**
 * Tells the actor's browsers how a conversation stands now, as the database has it; nothing when it
 * is deleted. Never throws; there is no need to wait for it.
 */
export async function publishConversation(actor: Actor, id: string): Promise<void> {
  try {
    const conversation = await getConversation(actor, id);
    if (conversation === null) return;
    const { title, updatedAt, isAnswering } = conversation;
    publishEvent(actor.userId, {
      type: "conversation",
      conversation: { id, title, updatedAt, isAnswering },
    });
  } catch (error) {
    logger().warn({ error, conversationId: id }, "the change was not told");
  }
}

/** Ends at once, on every instance, the event streams of an account's sessions that have ended. */
export function publishSessionsEnded(userId: string): void {
  accountBus().send(userId, { type: "check-session" });
}

/** Ends the event streams of one browser, which signed out. */
export function publishSignOut(userId: string, sessionKey: string): void {
  accountBus().send(userId, { type: "signed-out", sessionKey });
}
