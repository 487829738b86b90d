import "server-only";
import {
  branchContextSchema,
  plainBranchContext,
  type BranchContext,
} from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import type { ChangedTree } from "./branches";
import { lockTree, type LockedTree } from "./tree-lock";
import { AppError } from "@/lib/domain/errors/app-error";
import { findLeafBelow, isOnPath } from "./tree-paths";

/** What was said about the active branch, as a column of another leaf that goes on with it. */
export async function readBranchContext({ tx, activeLeafId }: LockedTree) {
  if (activeLeafId === null) return {};
  const leaf = await tx.message.findUnique({
    where: { id: activeLeafId },
    select: { branchContext: true },
  });
  return leaf?.branchContext ? { branchContext: leaf.branchContext } : {};
}

/**
 * Changes what is said about the context of a branch: the active one where it goes through the
 * message, else the one that was left below it.
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
    const leaf = await tx.message.findUniqueOrThrow({
      where: { id },
      select: { branchContext: true },
    });
    const before = branchContextSchema.catch(plainBranchContext).parse(leaf.branchContext ?? {});
    await tx.message.update({ where: { id }, data: { branchContext: change(before) } });
    return { conversationId };
  });
}
