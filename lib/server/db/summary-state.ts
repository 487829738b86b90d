import "server-only";
import { z } from "zod";
import {
  branchContextSchema,
  contextPolicySchema,
  plainBranchContext,
  type BranchContext,
  type ContextPolicy,
} from "@/lib/contracts/context";
import { messagePartSchema, type MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import type { BranchPoint } from "@/lib/domain/summary/branch-point";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";
import { storedSummarySchema, summaryFields, type StoredSummary } from "./stored-summary";
import { messageOf, parentOf } from "./tree-steps";

/** A summary with the conversation that it was carried over from, where that is still there. */
export type ShownSummary = StoredSummary & { carriedFrom: { id: string; title: string } | null };

/** What there is to know of the active branch before it is summarised. */
export type SummaryState = {
  title: string;
  policy: ContextPolicy;
  context: BranchContext;
  leafId: string | null;
  /** Somebody makes a summary of it now. */
  isRunning: boolean;
  /** The summary that stands nearest to the end of the branch. */
  summary: ShownSummary | null;
  /** What comes after the summary's end, oldest first, without texts. */
  points: BranchPoint[];
  /** Why the last attempt made none. */
  failure: { errorCode: string | null; finishReason: string | null } | null;
};

const pointSchema = z.object({
  id: z.string(),
  role: z.enum(["user", "assistant"]),
  tokens: z.number(),
  isStreaming: z.boolean(),
});

const stateSchema = z.object({
  title: z.string(),
  policy: contextPolicySchema,
  context: branchContextSchema.catch(plainBranchContext),
  leafId: z.string().nullable(),
  isRunning: z.boolean(),
  points: z.array(pointSchema),
  summary: storedSummarySchema
    .extend({ carriedFrom: z.object({ id: z.string(), title: z.string() }).nullable() })
    .nullable(),
  failure: z
    .object({
      errorCode: z.string().nullable(),
      finishReason: z.string().nullable(),
      startedAt: z.coerce.date(),
    })
    .nullable(),
});

// Where a message was not counted yet its size tells.
const pointColumns = Prisma.sql`'id', m.id, 'role', m.role,
  'tokens', coalesce((m.token_counts->>'o200k')::int,
    CASE WHEN m.parts = '[]'::jsonb THEN 0 ELSE pg_column_size(m.parts) / 3 END),
  'isStreaming', m.status = 'streaming'`;

const parentOfWalk = parentOf(Prisma.sql`walk`);
const messageOfWalk = messageOf(Prisma.sql`walk`);

/**
 * Reads what a summary of the active branch needs to know, in one query: the messages after the
 * nearest summary's end, however many, but none of their texts.
 *
 * @throws AppError `not_found` when the conversation is not the actor's, or deleted.
 */
export async function readSummaryState(
  actor: Actor,
  conversationId: string,
  instancePolicy: ContextPolicy,
): Promise<SummaryState> {
  const [row] = await db().$queryRaw<unknown[]>`
    WITH RECURSIVE origin AS (
      SELECT c.id, c.title, c.active_leaf_id AS leaf_id,
        coalesce(c.summary_lease > now(), false) AS is_running,
        coalesce(c.context_policy, u.context_policy,
          ${JSON.stringify(instancePolicy)}::jsonb) AS policy,
        coalesce(leaf.branch_context, '{}') AS context
      FROM conversations c JOIN users u ON u.id = c.user_id
        LEFT JOIN messages leaf ON leaf.id = c.active_leaf_id
      WHERE c.id = ${conversationId} AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
    ), valid AS (
      SELECT s.* FROM origin o JOIN summaries s ON s.conversation_id = o.id
      WHERE s.start_id IS NOT DISTINCT FROM o.context->>'startId'
    ), scope AS (
      SELECT o.leaf_id, o.context->>'startId' AS start_id, ARRAY(
        SELECT covers_to_id FROM valid WHERE covers_to_id IS NOT NULL) AS covers
      FROM origin o
    ), walk AS (
      SELECT m.id, m.parent_id, 1 AS depth, m.id = ANY(scope.covers) AS is_covered
      FROM scope JOIN messages m ON m.id = scope.leaf_id
      UNION ALL
      SELECT m.id, m.parent_id, walk.depth + 1, m.id = ANY(scope.covers)
      FROM walk CROSS JOIN scope CROSS JOIN LATERAL (${parentOfWalk}) m
      WHERE NOT walk.is_covered AND walk.id IS DISTINCT FROM scope.start_id
    )
    SELECT o.title, o.policy, o.context, o.leaf_id AS "leafId", o.is_running AS "isRunning",
      coalesce((
        SELECT json_agg(json_build_object(${pointColumns}) ORDER BY walk.depth DESC)
        FROM walk CROSS JOIN LATERAL (${messageOfWalk}) m
        WHERE NOT walk.is_covered), '[]'::json) AS points,
      (SELECT json_build_object(${summaryFields},
          'carriedFrom', (SELECT json_build_object('id', k.id, 'title', k.title)
            FROM conversations k WHERE k.id = s.carried_from_id
              AND k.user_id = ${actor.userId} AND k.deleted_at IS NULL))
        FROM valid s LEFT JOIN walk ON walk.id = s.covers_to_id AND walk.is_covered
        WHERE s.covers_to_id IS NULL OR walk.id IS NOT NULL
        ORDER BY walk.depth NULLS LAST, s.created_at DESC LIMIT 1) AS summary,
      (SELECT json_build_object('errorCode', g.error_code, 'finishReason', g.finish_reason,
          'startedAt', g.started_at)
        FROM (SELECT * FROM generations WHERE conversation_id = o.id AND kind = 'summary'
              ORDER BY started_at DESC LIMIT 1) g
        WHERE g.status = 'failed') AS failure
    FROM origin o`;
  if (row === undefined) throw new AppError("not_found");
  const { points, context, failure, summary, ...state } = stateSchema.parse(row);
  const isOld = failure !== null && summary !== null && failure.startedAt < summary.createdAt;
  return {
    ...state,
    context,
    summary,
    points: markExcluded(points, context),
    failure: isOld ? null : failure,
  };
}

/**
 * A stretch of a branch without its texts, oldest first: from its start down to a message.
 *
 * @returns nothing when the conversation is not the actor's.
 */
export async function readBranchPoints(
  actor: Actor,
  conversationId: string,
  throughId: string,
  context: BranchContext,
): Promise<BranchPoint[]> {
  const [row] = await db().$queryRaw<{ points: unknown }[]>`
    WITH RECURSIVE walk AS (
      SELECT m.id, m.parent_id, 1 AS depth
      FROM messages m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.id = ${throughId} AND c.id = ${conversationId} AND c.user_id = ${actor.userId}
        AND c.deleted_at IS NULL
      UNION ALL
      SELECT m.id, m.parent_id, walk.depth + 1
      FROM walk CROSS JOIN LATERAL (${parentOfWalk}) m
      WHERE walk.id IS DISTINCT FROM ${context.startId}::text
    )
    SELECT coalesce(json_agg(json_build_object(${pointColumns}) ORDER BY walk.depth DESC),
      '[]'::json) AS points
    FROM walk CROSS JOIN LATERAL (${messageOfWalk}) m`;
  return markExcluded(z.array(pointSchema).parse(row?.points ?? []), context);
}

/** The texts of some messages of the actor's, by their ids. */
export async function readBranchTexts(
  actor: Actor,
  conversationId: string,
  ids: readonly string[],
): Promise<Map<string, MessagePart[]>> {
  const rows = await db().message.findMany({
    where: {
      id: { in: [...ids] },
      conversation: { id: conversationId, userId: actor.userId, deletedAt: null },
    },
    select: { id: true, parts: true },
  });
  return new Map(rows.map(({ id, parts }) => [id, z.array(messagePartSchema).parse(parts)]));
}

function markExcluded(
  points: readonly z.output<typeof pointSchema>[],
  { marks }: BranchContext,
): BranchPoint[] {
  return points.map((point) => ({ ...point, isExcluded: marks[point.id] === "excluded" }));
}
