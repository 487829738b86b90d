import "server-only";
import type { Message, MessagePatch } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { countText } from "@/lib/domain/tokens/count-text";
import { setMark } from "@/lib/domain/context/marks";
import { AppError } from "@/lib/domain/errors/app-error";
import { addEditedAnswer, chooseMessage } from "../db/branches";
import { changeBranchContext } from "../db/branch-context";
import { restoreMessage } from "../db/message-deletion";
import { requireMessage } from "../db/messages";
import type { ChangedTree } from "../db/tree-lock";
import { publishEvent } from "../events/publish";

/**
 * Makes the one change that a patch asks for.
 *
 * @returns the message, or for a new text the alternative that was made of it.
 * @throws AppError `not_found`, `answer_in_progress`, `conflict` or `invalid_input`.
 */
export async function changeMessage(
  actor: Actor,
  id: string,
  patch: MessagePatch,
): Promise<Message> {
  const { conversationId, messageId } = await applyPatch(actor, id, patch);
  publishEvent(actor.userId, { type: "messages-changed", conversationId });
  return requireMessage(actor, conversationId, messageId ?? id);
}

function applyPatch(
  actor: Actor,
  id: string,
  patch: MessagePatch,
): Promise<ChangedTree & { messageId?: string }> {
  const { context: mark, isContextStart } = patch;
  if (mark !== undefined)
    return changeBranchContext(actor, id, (context) => setMark(context, id, mark));
  if (isContextStart !== undefined)
    return changeBranchContext(actor, id, (context) => ({
      ...context,
      startId: isContextStart ? id : context.startId === id ? null : context.startId,
    }));
  if (patch.isChosen !== undefined) return chooseMessage(actor, id);
  if (patch.isDeleted !== undefined) return restoreMessage(actor, id);
  const text = patch.text ?? "";
  if (text.trim() === "")
    throw new AppError("invalid_input", { details: { field: "text", reason: "has no text" } });
  return addEditedAnswer(actor, id, { text, tokenCounts: countText(text) });
}
