import "server-only";
import {
  contextPolicySchema,
  tokenCountsSchema,
  type ContextPolicy,
} from "@/lib/contracts/context";
import type { ConversationSummary } from "@/lib/contracts/conversations";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { makeSuccessorTitle } from "@/lib/domain/summary/successor-title";
import { newId } from "../ids";
import { Prisma, type Summary as Row } from "@/generated/prisma/client";
import { db } from "./client";
import type { StoredSummary } from "./stored-summary";
import type { NewSummary } from "./summaries";
import { parentOf } from "./tree-steps";

/** A summary of one of the actor's conversations. @throws AppError `not_found`. */
export async function requireSummary(
  actor: Actor,
  conversationId: string,
  id: string,
): Promise<StoredSummary> {
  const row = await db().summary.findFirst({
    where: { id, conversationId, conversation: { userId: actor.userId, deletedAt: null } },
  });
  if (row === null) throw new AppError("not_found");
  return toStored(row);
}

/** The summary that a conversation began with; null when it began with none. */
export async function findCarriedSummary(
  actor: Actor,
  conversationId: string,
): Promise<StoredSummary | null> {
  const row = await db().summary.findFirst({
    where: {
      conversationId,
      coversToId: null,
      conversation: { userId: actor.userId, deletedAt: null },
    },
    orderBy: { createdAt: "desc" },
  });
  return row === null ? null : toStored(row);
}

function toStored(row: Row): StoredSummary {
  const { conversationId: _conversation, generationId: _generation, ...stored } = row;
  return {
    ...stored,
    tokenCounts: tokenCountsSchema.parse(row.tokenCounts),
    source: row.source === "user" ? "user" : "model",
  };
}

/**
 * Puts a summary in front that a person wrote or wants back. What was made of the one before it
 * since, further down the active branch, goes: it will be made anew, of this one. A claim ends, so
 * that what is being made right now does not come after it.
 */
export async function putSummary(
  actor: Actor,
  conversationId: string,
  summary: NewSummary,
): Promise<void> {
  await db().$executeRaw`
    WITH RECURSIVE origin AS (
      UPDATE conversations SET summary_lease = NULL
      WHERE id = ${conversationId} AND user_id = ${actor.userId} AND deleted_at IS NULL
      RETURNING id, active_leaf_id
    ), below AS (
      SELECT m.id, m.parent_id FROM origin JOIN messages m ON m.id = origin.active_leaf_id
      WHERE m.id IS DISTINCT FROM ${summary.coversToId}::text
      UNION ALL
      SELECT m.id, m.parent_id FROM below CROSS JOIN LATERAL (
        ${parentOf(Prisma.sql`below`)}) m
      WHERE m.id IS DISTINCT FROM ${summary.coversToId}::text
    ), dropped AS (
      DELETE FROM summaries s USING origin
      WHERE s.conversation_id = origin.id AND s.covers_to_id IN (SELECT id FROM below)
        AND s.start_id IS NOT DISTINCT FROM ${summary.startId}::text
    )
    INSERT INTO summaries
      (id, conversation_id, covers_to_id, start_id, text, token_counts, covered_count,
       excluded_ids, source, model_label, carried_from_id)
    SELECT ${summary.id}, origin.id, ${summary.coversToId}, ${summary.startId}, ${summary.text},
      ${JSON.stringify(summary.tokenCounts)}::jsonb, ${summary.coveredCount}::int,
      ${[...summary.excludedIds]}::text[], ${summary.source}, ${summary.modelLabel},
      ${summary.carriedFromId}
    FROM origin`;
}

/**
 * Makes a conversation that goes on from another, with a summary in place of its messages. Nothing
 * of the other one changes.
 *
 * @throws AppError `not_found`.
 */
export async function createSuccessor(
  actor: Actor,
  conversationId: string,
  summary: Pick<
    NewSummary,
    "id" | "text" | "tokenCounts" | "coveredCount" | "source" | "modelLabel"
  >,
  policy: ContextPolicy,
): Promise<ConversationSummary> {
  const from = await db().conversation.findFirst({
    where: { id: conversationId, userId: actor.userId, deletedAt: null },
  });
  if (from === null) throw new AppError("not_found");
  const { id, text, tokenCounts, coveredCount, source, modelLabel } = summary;
  const made = await db().conversation.create({
    data: {
      id: newId(),
      userId: actor.userId,
      title: makeSuccessorTitle(from.title),
      titleSource: from.titleSource,
      systemPrompt: from.systemPrompt,
      modelId: from.modelId,
      ...(from.parameters === null ? {} : { parameters: from.parameters }),
      contextPolicy: contextPolicySchema.parse({ ...policy, kind: "summary" }),
      summaries: {
        create: {
          id,
          text,
          tokenCounts,
          coveredCount,
          source,
          modelLabel,
          carriedFromId: conversationId,
        },
      },
    },
    select: { id: true, title: true, updatedAt: true },
  });
  return { ...made, updatedAt: made.updatedAt.toISOString(), isAnswering: false };
}
