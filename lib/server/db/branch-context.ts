import "server-only";
import {
  branchContextSchema,
  plainBranchContext,
  type BranchContext,
} from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { lockTree, type ChangedTree, type LockedTree } from "./tree-lock";
import { findLeafBelow, isOnPath } from "./tree-paths";

const toContext = (stored: unknown): BranchContext =>
  branchContextSchema.catch(plainBranchContext).parse(stored ?? {});

/** What was said about the branch that ends with a message. */
export async function readContextOf(
  tx: LockedTree["tx"],
  leafId: string | null,
): Promise<BranchContext> {
  if (leafId === null) return plainBranchContext;
  const leaf = await tx.message.findUnique({
    where: { id: leafId },
    select: { branchContext: true },
  });
  return toContext(leaf?.branchContext);
}

/** Keeps what is said about a branch with its leaf. */
export async function writeContextOf(
  tx: LockedTree["tx"],
  leafId: string,
  branchContext: BranchContext,
): Promise<void> {
  await tx.message.update({ where: { id: leafId }, data: { branchContext } });
}

/** What holds on a branch that ends with `leafId`: a start that is not on it is none. */
export async function dropLostStart(
  tx: LockedTree["tx"],
  context: BranchContext,
  leafId: string | null,
): Promise<BranchContext> {
  const { startId } = context;
  if (startId === null || (await isOnPath(tx, leafId, startId))) return context;
  return { ...context, startId: null };
}

/**
 * Changes what is said about the context of a branch: the active one where it goes through the
 * message, else the one that was left below it. Of answers side by side, all that nothing follows
 * yet hear of it.
 *
 * @throws AppError `not_found`.
 */
export async function changeBranchContext(
  actor: Actor,
  messageId: string,
  change: (context: BranchContext) => BranchContext,
): Promise<ChangedTree> {
  return lockTree(actor, messageId, async ({ tx, conversationId, activeLeafId, message }) => {
    if (message.deletedAt !== null) throw new AppError("not_found");
    const isActive = await isOnPath(tx, activeLeafId, messageId);
    const id =
      isActive && activeLeafId !== null ? activeLeafId : await findLeafBelow(tx, messageId);
    for (const leafId of [id, ...(await findLeavesBeside(tx, id))])
      await writeContextOf(tx, leafId, change(await readContextOf(tx, leafId)));
    // A turn that waits for the row must see that something has changed: it takes over what is said.
    await tx.conversation.update({ where: { id: conversationId }, data: { activeLeafId } });
    return { conversationId };
  });
}

/** The other answers of a leaf's group that nothing follows. */
async function findLeavesBeside(tx: LockedTree["tx"], leafId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM messages leaf JOIN messages s
      ON s.parent_id = leaf.parent_id AND s.candidate_group = leaf.candidate_group
    WHERE leaf.id = ${leafId} AND s.id <> leaf.id AND s.deleted_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM messages c WHERE c.parent_id = s.id AND c.deleted_at IS NULL)`;
  return rows.map(({ id }) => id);
}
