import "server-only";
import type { TokenCounts } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { replaceMessage } from "@/lib/domain/context/marks";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { dropLostStart, readContextOf } from "./branch-context";
import { lockTree, type ChangedTree, type LockedTree } from "./tree-lock";
import { findLeafBelow, rememberPath } from "./tree-paths";

/**
 * Leads the active branch through a message, and on to where that branch was left. Of answers side
 * by side it also chooses who goes on with the conversation.
 *
 * @throws AppError `not_found`, or `answer_in_progress` while an answer is being written.
 */
export async function chooseMessage(actor: Actor, messageId: string): Promise<ChangedTree> {
  return lockTree(actor, messageId, async (tree) => {
    requireUndeleted(tree);
    requireNoLiveAnswer(tree);
    await activate(tree, await findLeafBelow(tree.tx, messageId));
    if (tree.message.candidateGroup !== null) await pickAliasOf(tree);
    return { conversationId: tree.conversationId };
  });
}

async function pickAliasOf({ tx, conversationId, message }: LockedTree): Promise<void> {
  const generation = await tx.generation.findFirst({
    where: { messageId: message.id },
    orderBy: { startedAt: "desc" },
    select: { aliasId: true },
  });
  if (!generation?.aliasId) return;
  const data = { modelId: generation.aliasId };
  await tx.conversation.update({ where: { id: conversationId }, data });
}

/** Makes a leaf the end of the active branch, and remembers the way to it. */
export async function activate({ tx, conversationId }: LockedTree, leafId: string): Promise<void> {
  await tx.conversation.update({ where: { id: conversationId }, data: { activeLeafId: leafId } });
  await rememberPath(tx, leafId);
}

/**
 * Puts a text that a person wrote beside an answer, as the alternative that is shown. The answer
 * stays as it was.
 *
 * @returns the id of the new alternative.
 * @throws AppError `not_found`, `answer_in_progress`, or `invalid_input` for a user's message.
 */
export async function addEditedAnswer(
  actor: Actor,
  messageId: string,
  edit: { text: string; tokenCounts: TokenCounts },
): Promise<ChangedTree & { messageId: string }> {
  return lockTree(actor, messageId, async (tree) => {
    const { tx, conversationId, message } = tree;
    requireUndeleted(tree);
    if (message.role !== "assistant")
      throw new AppError("invalid_input", { details: { field: "text", reason: "not an answer" } });
    requireNoLiveAnswer(tree);
    const { parentId, modelId, modelLabel } = message;
    const id = newId();
    const said = replaceMessage(await readContextOf(tx, tree.activeLeafId), messageId, id);
    const branchContext = said.startId === id ? said : await dropLostStart(tx, said, parentId);
    await tx.message.create({
      data: {
        id,
        conversationId,
        parentId,
        role: "assistant",
        parts: [{ type: "text", text: edit.text }],
        status: "complete",
        tokenCounts: edit.tokenCounts,
        branchContext,
        editedFromId: messageId,
        modelId,
        modelLabel,
      },
    });
    await activate(tree, id);
    return { conversationId, messageId: id };
  });
}

/**
 * Remembers the way to the leaf of a conversation's active branch, after a turn that began
 * somewhere else than at the leaf: it may have led away from what was chosen higher up.
 */
export async function rememberActivePath(actor: Actor, messageId: string): Promise<void> {
  await lockTree(actor, messageId, ({ tx, activeLeafId }) => rememberPath(tx, activeLeafId));
}

/** @throws AppError `not_found` when the message is deleted. */
export function requireUndeleted({ message }: LockedTree): void {
  if (message.deletedAt !== null) throw new AppError("not_found");
}

function requireNoLiveAnswer({ liveMessageIds }: LockedTree): void {
  if (liveMessageIds.length > 0) throw new AppError("answer_in_progress");
}
