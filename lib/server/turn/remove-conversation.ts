import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { deleteConversation } from "../db/conversations";
import { publishEvent } from "../events/publish";
import { stopLiveAnswer } from "../generations/hub";

/**
 * Deletes a conversation, undoable for a while; an answer that is being written is stopped first.
 *
 * @throws AppError `not_found` when it is not the actor's.
 */
export async function removeConversation(actor: Actor, id: string): Promise<void> {
  await stopLiveAnswer(actor, id);
  await deleteConversation(actor, id);
  publishEvent(actor.userId, { type: "conversation-removed", id });
}
