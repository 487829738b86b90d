import "server-only";
import type {
  Conversation,
  ConversationPatch,
  ConversationsPage,
} from "@/lib/contracts/conversations";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { Prisma, type Conversation as Row } from "@/generated/prisma/client";
import { contextPolicySchema } from "@/lib/contracts/context";
import { parametersSchema } from "@/lib/contracts/parameters";
import { db } from "./client";
import { decodeCursor, encodeCursor } from "./cursor";

/**
 * A page of the actor's conversations, the last used first.
 *
 * @param page.cursor as returned with the page before; one that isn't ours starts at the top.
 */
export async function findConversations(
  actor: Actor,
  page: { cursor?: string | undefined; limit: number },
): Promise<ConversationsPage> {
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor);
  const rows = await db().conversation.findMany({
    where: {
      userId: actor.userId,
      deletedAt: null,
      ...(after === null
        ? {}
        : {
            OR: [{ updatedAt: { lt: after.at } }, { updatedAt: after.at, id: { lt: after.id } }],
          }),
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: page.limit + 1,
    select: { id: true, title: true, updatedAt: true, liveMessageIds: true },
  });
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    conversations: shown.map(({ id, title, updatedAt, liveMessageIds }) => ({
      id,
      title,
      updatedAt: updatedAt.toISOString(),
      isAnswering: liveMessageIds.length > 0,
    })),
    cursor:
      rows.length > page.limit && last !== undefined
        ? encodeCursor({ at: last.updatedAt, id: last.id })
        : null,
  };
}

/** As `requireConversation`; null when it is not theirs, or deleted. */
export async function getConversation(actor: Actor, id: string): Promise<Conversation | null> {
  const row = await db().conversation.findFirst({
    where: { id, userId: actor.userId, deletedAt: null },
  });
  return row && toConversation(row);
}

/**
 * One of the actor's conversations with the summary that it began with, for a person to see.
 *
 * @throws AppError `not_found` when it is not the actor's, or deleted.
 */
export async function requireWholeConversation(actor: Actor, id: string): Promise<Conversation> {
  const row = await db().conversation.findFirst({
    where: { id, userId: actor.userId, deletedAt: null },
    include: {
      summaries: {
        where: { coversToId: null, carriedFromId: { not: null } },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: 1,
        select: { text: true, carriedFromId: true },
      },
    },
  });
  if (row === null) throw new AppError("not_found");
  const { summaries, ...columns } = row;
  return { ...toConversation(columns), carried: await readCarried(actor, summaries[0]) };
}

type CarriedRow = { text: string; carriedFromId: string | null };

/** What a conversation began with, and the conversation that it is from while that is there. */
async function readCarried(
  actor: Actor,
  row: CarriedRow | undefined,
): Promise<Conversation["carried"]> {
  if (row === undefined || row.carriedFromId === null) return null;
  const from = await db().conversation.findFirst({
    where: { id: row.carriedFromId, userId: actor.userId, deletedAt: null },
    select: { id: true, title: true },
  });
  return { text: row.text, from };
}

/**
 * One of the actor's conversations, without what it was carried over from.
 *
 * @throws AppError `not_found` when it is not the actor's, or deleted.
 */
export async function requireConversation(actor: Actor, id: string): Promise<Conversation> {
  const conversation = await getConversation(actor, id);
  if (conversation === null) throw new AppError("not_found");
  return conversation;
}

/**
 * Changes a conversation, or brings a deleted one back (`isDeleted: false`).
 *
 * @throws AppError `not_found` when it is not the actor's, or deleted and not brought back.
 */
export async function updateConversation(
  actor: Actor,
  id: string,
  patch: ConversationPatch,
): Promise<Conversation> {
  const [row] = await db().conversation.updateManyAndReturn({
    where: {
      id,
      userId: actor.userId,
      ...(patch.isDeleted === false ? {} : { deletedAt: null }),
    },
    data: {
      ...(patch.title === undefined ? {} : { title: patch.title, titleSource: "user" }),
      ...(patch.systemPrompt === undefined ? {} : { systemPrompt: patch.systemPrompt }),
      ...(patch.modelId === undefined ? {} : { modelId: patch.modelId }),
      ...(patch.parameters === undefined ? {} : { parameters: patch.parameters ?? Prisma.DbNull }),
      ...(patch.contextPolicy === undefined
        ? {}
        : { contextPolicy: patch.contextPolicy ?? Prisma.DbNull }),
      ...(patch.isDeleted === false ? { deletedAt: null } : {}),
    },
  });
  if (row === undefined) throw new AppError("not_found");
  return toConversation(row);
}

/**
 * Deletes a conversation in a way that can be undone until it is purged.
 *
 * @throws AppError `not_found`.
 */
export async function deleteConversation(actor: Actor, id: string): Promise<void> {
  const { count } = await db().conversation.updateMany({
    where: { id, userId: actor.userId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  if (count === 0) throw new AppError("not_found");
}

/** Removes for good what was deleted before a moment; usage stays, in the generations. */
export async function purgeDeletedConversations(
  _system: SystemActor,
  before: Date,
): Promise<number> {
  const { count } = await db().conversation.deleteMany({ where: { deletedAt: { lt: before } } });
  return count;
}

function toConversation(row: Row): Conversation {
  return {
    id: row.id,
    title: row.title,
    systemPrompt: row.systemPrompt,
    modelId: row.modelId,
    parameters: parametersSchema.nullable().catch(null).parse(row.parameters),
    contextPolicy: contextPolicySchema.nullable().catch(null).parse(row.contextPolicy),
    activeLeafId: row.activeLeafId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    isAnswering: row.liveMessageIds.length > 0,
  };
}
