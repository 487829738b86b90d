import "server-only";
import type { Group, GroupCreate, GroupMember, GroupPatch } from "@/lib/contracts/groups";
import { limits } from "@/lib/contracts/limits";
import { Prisma } from "@/generated/prisma/client";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { pauseHolds } from "./activate-budget";
import { db } from "./client";
import { requireAdmin } from "./require-admin";
import { retryConflict } from "./retry-conflict";

/** More than a list to pick from is good for. */
const pickedPeople = 2000;

const groupFields = {
  id: true,
  name: true,
  members: {
    select: { user: { select: { id: true, name: true, email: true } } },
    orderBy: { user: { name: "asc" } },
  },
} as const satisfies Prisma.GroupSelect;

/** All groups with their members, by name. */
export async function findGroups(actor: Actor): Promise<Group[]> {
  requireAdmin(actor);
  const rows = await db().group.findMany({ orderBy: { name: "asc" }, select: groupFields });
  return rows.map(toGroup);
}

/** People with an account that is in use, by name: those whom a group or a budget can name. */
export async function findPeople(actor: Actor): Promise<GroupMember[]> {
  requireAdmin(actor);
  return db().user.findMany({
    where: { isActive: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: pickedPeople,
    select: { id: true, name: true, email: true },
  });
}

/**
 * Makes a group. @throws AppError `conflict` for a name that is taken, `not_found` for a member who
 * is not there, `invalid_input` when there are too many groups.
 */
export async function createGroup(
  actor: Actor,
  { name, memberIds }: GroupCreate,
): Promise<{ id: string }> {
  requireAdmin(actor);
  if ((await db().group.count()) >= limits.groups)
    throw new AppError("invalid_input", { details: { field: "name", reason: "too many groups" } });
  const id = newId();
  const members = { create: [...new Set(memberIds)].map((userId) => ({ userId })) };
  await explain(db().group.create({ data: { id, name, members } }));
  return { id };
}

/**
 * Renames a group, and lets people in and out. What they used before stays where it was counted.
 *
 * @throws AppError `not_found`, or `conflict` for a name that is taken.
 */
export async function updateGroup(actor: Actor, id: string, patch: GroupPatch): Promise<void> {
  requireAdmin(actor);
  const { name, add = [], remove = [] } = patch;
  await explain(
    db().$transaction(async (tx) => {
      const found = await tx.group.updateMany({
        where: { id },
        data: name === undefined ? { id } : { name },
      });
      if (found.count === 0) throw new AppError("not_found");
      const data = add.map((userId) => ({ groupId: id, userId }));
      await tx.groupMember.createMany({ data, skipDuplicates: true });
      await tx.groupMember.deleteMany({ where: { groupId: id, userId: { in: remove } } });
    }),
  );
}

/**
 * Removes a group with the budgets that are its own; the ledger keeps what its members used.
 *
 * @throws AppError `not_found`.
 */
export async function deleteGroup(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  const { count } = await retryConflict(() =>
    db().$transaction(async (tx) => {
      await pauseHolds(tx);
      await tx.budget.deleteMany({ where: { scope: "group", subjectId: id } });
      return tx.group.deleteMany({ where: { id } });
    }),
  );
  if (count === 0) throw new AppError("not_found");
}

/** Says in our codes what a constraint has refused. */
async function explain<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Prisma.PrismaClientKnownRequestError ? error.code : null;
    if (code === "P2002") throw new AppError("conflict", { details: { field: "name" } });
    if (code === "P2003") throw new AppError("not_found", { cause: error });
    throw error;
  }
}

type Row = { id: string; name: string; members: { user: GroupMember }[] };

const toGroup = ({ members, ...group }: Row): Group => ({
  ...group,
  members: members.map(({ user }) => user),
});
