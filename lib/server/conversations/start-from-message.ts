import "server-only";
import type { ConversationSummary } from "@/lib/contracts/conversations";
import type { Actor } from "@/lib/domain/actor";
import { branchOff } from "../db/branch-off";
import { publishEvent } from "../events/publish";

/**
 * Starts a new conversation with copies of a message and all that is above it.
 *
 * @throws AppError `not_found`, or `answer_in_progress` for a message that is being written.
 */
export async function startFromMessage(actor: Actor, id: string): Promise<ConversationSummary> {
  const conversation = await branchOff(actor, id);
  publishEvent(actor.userId, { type: "conversation", conversation });
  return conversation;
}
