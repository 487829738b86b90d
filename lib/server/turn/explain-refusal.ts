import "server-only";
import type { ChatTurn } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { getConversation } from "../db/conversations";
import { requireMessage } from "../db/messages";
import { findLiveAnswer } from "../generations/hub";
import type { TakenTurn } from "./taken-turn";

/**
 * Says why a turn was not opened. A message that is there already gets its one answer again, so a
 * double click or a repeated request costs nothing; someone else's conversation does not exist.
 *
 * @throws AppError `not_found` or `answer_in_progress`.
 */
export async function explainRefusal(actor: Actor, turn: ChatTurn): Promise<TakenTurn> {
  if ((await getConversation(actor, turn.id)) === null) throw new AppError("not_found");
  const message =
    turn.message === undefined
      ? null
      : await requireMessage(actor, turn.id, turn.message.id).catch((error: unknown) => {
          if (error instanceof AppError && error.code === "not_found") return null;
          throw error;
        });
  if (message !== null) {
    const live = findLiveAnswer(actor, turn.id);
    if (live?.current.metadata.parentId === message.id) return { kind: "live", answer: live };
    return { kind: "repeated", conversationId: turn.id, userMessageId: message.id };
  }
  if (findLiveAnswer(actor, turn.id) !== null) throw new AppError("answer_in_progress");
  throw new AppError("not_found");
}
