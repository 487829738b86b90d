import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { deleteMessage } from "../db/message-deletion";
import { publishEvent } from "../events/publish";
import { stopLiveAnswer } from "../generations/hub";

/**
 * Deletes a message and everything below it, undoable for a while; an answer that is being written
 * there is stopped first, and what came of it goes and comes back with the rest.
 *
 * @throws AppError `not_found`; `answer_in_progress` when the answer could not be stopped.
 */
export async function removeMessage(actor: Actor, id: string): Promise<void> {
  let { conversationId, isLive } = await deleteMessage(actor, id);
  if (isLive) {
    await stopLiveAnswer(actor, conversationId);
    ({ conversationId, isLive } = await deleteMessage(actor, id));
  }
  if (isLive) throw new AppError("answer_in_progress");
  publishEvent(actor.userId, { type: "messages-changed", conversationId });
}
