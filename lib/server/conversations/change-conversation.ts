import "server-only";
import type { Conversation, ConversationPatch } from "@/lib/contracts/conversations";
import type { Actor } from "@/lib/domain/actor";
import { updateConversation } from "../db/conversations";
import { publishEvent } from "../events/publish";

/**
 * Changes a conversation, or brings a deleted one back, and tells the actor's other browsers.
 *
 * @throws AppError `not_found` when it is not the actor's, or deleted and not brought back.
 */
export async function changeConversation(
  actor: Actor,
  id: string,
  patch: ConversationPatch,
): Promise<Conversation> {
  const conversation = await updateConversation(actor, id, patch);
  const { title, updatedAt, isAnswering } = conversation;
  publishEvent(actor.userId, {
    type: "conversation",
    conversation: { id, title, updatedAt, isAnswering },
  });
  const { modelId, parameters, systemPrompt, contextPolicy } = patch;
  const isOfSettings = [modelId, parameters, systemPrompt, contextPolicy].some(
    (setting) => setting !== undefined,
  );
  if (isOfSettings) publishEvent(actor.userId, { type: "settings-changed", conversationId: id });
  return conversation;
}
