import "server-only";
import type { AnswerMetadata, ChatTurn } from "@/lib/contracts/chat";
import type { AnswerPart, Message, MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { getNewestAnswer } from "../db/messages";
import {
  answerStreamHeaders,
  streamLiveAnswer,
  streamStoredAnswer,
} from "../generations/answer-stream";
import { followAnswer } from "../generations/hub";
import { takeTurn } from "./take-turn";

/** Takes a turn and answers with its stream. @throws AppError as takeTurn. */
export async function streamTurn(actor: Actor, turn: ChatTurn): Promise<Response> {
  const taken = await takeTurn(actor, turn);
  if (taken.kind === "live") return respond(streamLiveAnswer(taken.answer));
  const answer = await getNewestAnswer(actor, taken.conversationId, taken.userMessageId);
  if (answer === null) throw new AppError("conflict");
  return respond(
    streamStoredAnswer(
      answer.id,
      answer.parts.filter(isAnswerPart),
      toMetadata(taken.conversationId, answer),
    ),
  );
}

/**
 * What is being written in a conversation, from its start, whichever instance writes it: the answer
 * that is named, or the first of those that are live; null when there is none.
 *
 * @throws AppError `not_found` when the conversation is not the actor's.
 */
export async function resumeTurn(
  actor: Actor,
  conversationId: string,
  messageId: string | null,
): Promise<Response | null> {
  const answer = await followAnswer(actor, conversationId, messageId);
  return answer === null ? null : respond(streamLiveAnswer(answer));
}

const isAnswerPart = (part: MessagePart): part is AnswerPart => part.type !== "file";

function toMetadata(conversationId: string, answer: Message): AnswerMetadata {
  return {
    conversationId,
    parentId: answer.parentId ?? "",
    generationId: null,
    status: answer.status,
    model: answer.model,
    usage: answer.usage,
    errorCode: answer.errorCode,
    errorDetails: answer.errorDetails,
  };
}

function respond(stream: ReadableStream<Uint8Array>): Response {
  return new Response(stream, { headers: answerStreamHeaders });
}
