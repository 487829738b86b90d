import "server-only";
import type { ChatTurn } from "@/lib/contracts/chat";
import type { Message } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { findImageIds } from "@/lib/domain/images/find-image-ids";
import { requireConversation } from "../db/conversations";
import { requireMessage } from "../db/messages";
import { followAnswer } from "../generations/hub";
import { readText } from "./read-parts";
import type { TakenTurn } from "./taken-turn";

/**
 * Says why a turn was not opened. A message that is there already gets its one answer again, so a
 * double click or a repeated request costs nothing, also when it reaches another instance; another
 * message under its id gets none, and someone else's conversation does not exist.
 *
 * @throws AppError `not_found`, `answer_in_progress` or `conflict`.
 */
export async function explainRefusal(actor: Actor, turn: ChatTurn): Promise<TakenTurn> {
  const { isAnswering } = await requireConversation(actor, turn.id);
  const known = turn.message && (await findMessage(actor, turn.id, turn.message.id));
  if (known) {
    if (!isRepeated(turn, known))
      throw new AppError("conflict", {
        details: { field: "message", reason: "has the id of another message" },
      });
    const live = await followAnswer(actor, turn.id);
    if (live !== null && live.current.metadata.parentId === known.id)
      return { kind: "live", answer: live };
    return { kind: "repeated", conversationId: turn.id, userMessageId: known.id };
  }
  // What it was to follow is deleted, or the tree changed again and again meanwhile.
  throw new AppError(isAnswering ? "answer_in_progress" : "conflict");
}

/**
 * Whether a stored message is the one that is sent. Which models are to answer says nothing of
 * that: where nothing was heard of the first try, people choose another one and send it again.
 */
function isRepeated({ message, parentId }: ChatTurn, known: Message): boolean {
  const parts = message?.parts ?? [];
  return (
    known.role === "user" &&
    readText(parts) === readText(known.parts) &&
    findImageIds(parts).join() === findImageIds(known.parts).join() &&
    (parentId === undefined || parentId === known.parentId)
  );
}

async function findMessage(
  actor: Actor,
  conversationId: string,
  id: string,
): Promise<Message | null> {
  try {
    return await requireMessage(actor, conversationId, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
