import type { FilePart } from "@/lib/contracts/attachments";
import type { Message } from "@/lib/contracts/messages";
import { imagesOf, partsOf } from "./attachment-parts";
import { textOf } from "./conversation-state";
import type { TurnRequest } from "./transport";

/**
 * A message for the end of the conversation as the server knows it: named by what this tab shows
 * last, it would begin another branch where another tab has just sent something, too.
 */
export function turnOf(
  conversationId: string,
  message: Message,
  modelId: string | null,
): TurnRequest {
  return {
    id: conversationId,
    trigger: "submit-message",
    message: { id: message.id, role: "user", parts: partsOf(textOf(message), imagesOf(message)) },
    ...(modelId === null ? {} : { model: modelId }),
  };
}

export const isEmpty = (text: string, images: readonly FilePart[]) =>
  text.trim() === "" && images.length === 0;

/** A message as it is shown from the moment on in which it is sent. */
export function userMessage(
  id: string,
  parentId: string | null,
  parts: Message["parts"],
  nowMs: number,
): Message {
  return {
    id,
    parentId,
    role: "user",
    parts,
    status: "complete",
    errorCode: null,
    errorDetails: null,
    siblingIds: [id],
    model: null,
    context: "auto",
    isEdited: false,
    failover: null,
    candidateGroup: null,
    usage: null,
    budgetLimit: null,
    createdAt: new Date(nowMs).toISOString(),
  };
}
