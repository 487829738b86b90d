import "server-only";
import type { ChatTurn } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { requireConversation } from "../db/conversations";
import { requireMessage } from "../db/messages";
import { followAnswer } from "../generations/hub";
import type { TakenTurn } from "./taken-turn";

/**
 * Says why a turn was not opened. A message that is there already gets its one answer again, so a
 * double click or a repeated request costs nothing, also when it reaches another instance; someone
 * else's conversation does not exist.
 *
 * @throws AppError `not_found`, `answer_in_progress` or `conflict`.
 */
export async function explainRefusal(actor: Actor, turn: ChatTurn): Promise<TakenTurn> {
  const { isAnswering } = await requireConversation(actor, turn.id);
  const isKnown = turn.message !== undefined && (await hasMessage(actor, turn.id, turn.message.id));
  if (isKnown) {
    const live = await followAnswer(actor, turn.id);
    if (live?.current.metadata.parentId === turn.message?.id && live !== null)
      return { kind: "live", answer: live };
    return { kind: "repeated", conversationId: turn.id, userMessageId: turn.message?.id ?? "" };
  }
  // What it was to follow is deleted, or the tree changed again and again meanwhile.
  throw new AppError(isAnswering ? "answer_in_progress" : "conflict");
}

async function hasMessage(actor: Actor, conversationId: string, id: string): Promise<boolean> {
  try {
    await requireMessage(actor, conversationId, id);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return false;
    throw error;
  }
}
