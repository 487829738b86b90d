import "server-only";
import type { ChatTurn } from "@/lib/contracts/chat";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { requireConversation } from "../db/conversations";
import { requireMessage } from "../db/messages";
import type { ResolvedAlias } from "../db/aliases";
import { toOpenedBy } from "../db/open-turn";
import { reopenAnswer } from "../db/reopen-answer";
import type { FollowedAnswer } from "../generations/answer-log";
import { followAnswer } from "../generations/hub";
import { newId } from "../ids";
import { beginAnswers } from "./begin-answers";
import { countBranch } from "./count-branch";
import { findScope } from "./find-scope";

/**
 * Goes on with an answer that was cut, in the same message.
 *
 * @throws AppError `not_found`, `answer_in_progress`, or `conflict` when the answer cannot go on:
 * it is whole, or not the end of the active branch.
 */
export async function continueAnswer(
  actor: Actor,
  turn: ChatTurn,
  alias: ResolvedAlias,
  settings: InstanceSettings,
): Promise<FollowedAnswer> {
  const answerId = turn.messageId ?? "";
  const generationId = newId();
  const reopened = await reopenAnswer(actor, {
    conversationId: turn.id,
    answerId,
    generationId,
    ...toOpenedBy(alias),
    scope: findScope(settings, [alias]),
  });
  if (reopened === null) {
    await requireMessage(actor, turn.id, answerId);
    const live = await followAnswer(actor, turn.id);
    // A double click asks for what is under way already.
    if (live?.id === answerId) return live;
    const { isAnswering } = await requireConversation(actor, turn.id);
    throw new AppError(isAnswering ? "answer_in_progress" : "conflict");
  }
  const { parts, parentId } = reopened;
  const unfinished = { id: answerId, role: "assistant" as const, parts, tokenCounts: null };
  // What there is of the answer is counted, but not kept: by then there may be more of it.
  const history = await countBranch(actor, [...reopened.history, unfinished], [alias], [answerId]);
  return beginAnswers(actor, {
    conversationId: turn.id,
    parentId,
    answers: [{ answerId, generationId, alias }],
    settings,
    opened: reopened,
    branch: { ...reopened, history },
    continued: parts,
  });
}
