import "server-only";
import { z } from "zod";
import { filePartSchema } from "@/lib/contracts/attachments";
import { tokenCountsSchema, type ContextPolicy } from "@/lib/contracts/context";
import { parametersSchema, type Parameters } from "@/lib/contracts/parameters";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { Prisma } from "@/generated/prisma/client";
import {
  branchHistoryColumns,
  branchHistoryShape,
  branchHistorySteps,
  toBranchHistory,
  type BranchHistory,
  type HistoryScope,
} from "./branch-history";
import { takeoverSteps } from "./branch-takeover";
import { db } from "./client";
import { messageOf, parentOf } from "./tree-steps";

export type BranchToRead = {
  conversationId: string;
  /** Stands for the message that is being written. */
  draftId: string;
  /** What that one would follow; undefined: the active leaf. */
  parentId: string | null | undefined;
  /** In place of the conversation's; undefined leaves it. */
  contextPolicy: ContextPolicy | null | undefined;
  scope: HistoryScope;
  /** Which messages to list: the newest, or those before one of the branch. */
  page: { before: string | undefined; limit: number };
};

/** A message of a branch as it is listed: without most of its text. */
export type ListedMessage = {
  id: string;
  parentId: string | null;
  role: "user" | "assistant";
  /** The beginning of its text. */
  sample: string;
  /** Characters of the whole text. */
  characters: number;
  images: z.infer<typeof filePartSchema>[];
  tokenCounts: z.infer<typeof tokenCountsSchema> | null;
  /** Whether the branch starts somewhere below it. */
  isBeforeStart: boolean;
};

export type ReadBranch = BranchHistory & {
  systemPrompt: string | null;
  userSystemPrompt: string | null;
  parameters: Parameters | null;
  /** The answers of the branch that are being written. */
  liveIds: string[];
  /** Oldest first. */
  page: ListedMessage[];
  /** The title of the conversation that the summary was carried over from; null when it is gone. */
  carriedFromTitle: string | null;
};

const sampleCharacters = 600;

const listedSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(["user", "assistant"]),
  sample: z.string(),
  characters: z.number(),
  images: z.array(filePartSchema),
  tokenCounts: tokenCountsSchema.nullable().catch(null),
  isBeforeStart: z.boolean(),
});

const rowSchema = z.object({
  is_known: z.boolean(),
  system_prompt: z.string().nullable(),
  user_system_prompt: z.string().nullable(),
  parameters: parametersSchema.nullable().catch(null),
  live_ids: z.array(z.string()),
  page: z.array(listedSchema),
  carried_from_title: z.string().nullable(),
  ...branchHistoryShape,
});

/**
 * Reads a branch as a turn would that goes on with it, and a page of it to list; changes nothing.
 * A conversation that is not there (or not the actor's, which is the same) is an empty one.
 *
 * @throws AppError `not_found` when what the draft would follow is not there.
 */
export async function readBranch(actor: Actor, read: BranchToRead): Promise<ReadBranch> {
  const { conversationId, parentId, contextPolicy } = read;
  const policy = contextPolicy ? JSON.stringify(contextPolicy) : null;
  const [row] = await db().$queryRaw<unknown[]>`
    WITH RECURSIVE start AS (
      SELECT c.id AS conversation_id, c.active_leaf_id AS leaf_id, c.live_message_ids,
        c.system_prompt, c.parameters, u.system_prompt AS user_system_prompt,
        u.context_policy AS user_policy,
        CASE WHEN ${contextPolicy !== undefined} THEN ${policy}::jsonb ELSE c.context_policy END
          AS conversation_policy,
        (SELECT l.branch_context FROM messages l WHERE l.id = c.active_leaf_id) AS branch_context,
        CASE WHEN ${parentId === undefined} THEN c.active_leaf_id ELSE ${parentId ?? null}::text END
          AS parent_id
      FROM users u LEFT JOIN conversations c
        ON c.id = ${conversationId} AND c.user_id = u.id AND c.deleted_at IS NULL
      WHERE u.id = ${actor.userId}
    ), ${takeoverSteps(read.draftId, parentId === undefined)}, origin AS (
      SELECT start.conversation_id, start.parent_id, said.branch_context,
        start.conversation_policy, start.user_policy
      FROM start CROSS JOIN said
    ), ${branchHistorySteps(read.scope)}, ${pageSteps(read.page)}
    SELECT start.system_prompt, start.user_system_prompt, start.parameters,
      start.parent_id IS NULL OR EXISTS (
        SELECT 1 FROM messages p
        WHERE p.id = start.parent_id AND p.conversation_id = start.conversation_id
          AND p.deleted_at IS NULL) AS is_known,
      coalesce(start.live_message_ids, '{}') AS live_ids,
      ${pageColumn} AS page,
      (SELECT v.title FROM summaries s JOIN conversations v ON v.id = s.carried_from_id
        WHERE s.conversation_id = start.conversation_id AND s.carried_from_id IS NOT NULL
          AND v.user_id = ${actor.userId} AND v.deleted_at IS NULL
        ORDER BY s.created_at DESC LIMIT 1) AS carried_from_title,
      ${branchHistoryColumns}
    FROM start, scope`;
  if (row === undefined) throw new AppError("not_found");
  const found = rowSchema.parse(row);
  if (!found.is_known) throw new AppError("not_found");
  return {
    ...toBranchHistory(found),
    systemPrompt: found.system_prompt,
    userSystemPrompt: found.user_system_prompt,
    parameters: found.parameters,
    liveIds: found.live_ids,
    page: found.page,
    carriedFromTitle: found.carried_from_title,
  };
}

/**
 * Walks up from the end of the branch: a page of it, or on to the cursor and a page above that.
 * `place` counts from the cursor, or from the draft; rows up to it have 0.
 */
function pageSteps({ before, limit }: BranchToRead["page"]): Prisma.Sql {
  const place =
    before === undefined
      ? Prisma.sql`listed.place + 1`
      : Prisma.sql`CASE WHEN listed.place > 0 OR listed.id = ${before} THEN listed.place + 1
          ELSE 0 END`;
  return Prisma.sql`
    listed AS (
      SELECT m.id, m.parent_id, 1 AS depth, ${before === undefined ? 1 : 0}::int AS place,
        false AS is_before_start
      FROM scope JOIN messages m
        ON m.id = scope.parent_id AND m.conversation_id = scope.conversation_id
      UNION ALL
      SELECT above.id, above.parent_id, listed.depth + 1, ${place},
        listed.is_before_start OR listed.id IS NOT DISTINCT FROM scope.start_id
      FROM listed CROSS JOIN scope CROSS JOIN LATERAL (
        ${parentOf(Prisma.sql`listed`)}) above
      WHERE listed.place < ${limit}::int
    )`;
}

const pageColumn = Prisma.sql`
  coalesce((
    SELECT json_agg(json_build_object(
        'id', m.id, 'parentId', m.parent_id, 'role', m.role, 'tokenCounts', m.token_counts,
        'sample', coalesce(left(said.text, ${sampleCharacters}::int), ''),
        'characters', coalesce(length(said.text), 0),
        'images', jsonb_path_query_array(m.parts, '$[*] ? (@.type == "file")'),
        'isBeforeStart', listed.is_before_start)
        ORDER BY listed.depth DESC)
    FROM listed CROSS JOIN LATERAL (
      ${messageOf(Prisma.sql`listed`)}) m CROSS JOIN LATERAL (
      SELECT string_agg(part->>'text', E'\n\n') AS text
      FROM jsonb_array_elements(m.parts) AS part WHERE part->>'type' = 'text') said
    WHERE listed.place > 0), '[]'::json)`;

/** Which of these messages are above one of the actor's. */
export async function findOnBranch(
  actor: Actor,
  messageId: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    WITH RECURSIVE path AS (
      SELECT m.id, m.parent_id FROM messages m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.id = ${messageId} AND c.user_id = ${actor.userId}
      UNION ALL
      SELECT above.id, above.parent_id FROM path CROSS JOIN LATERAL (
        ${parentOf(Prisma.sql`path`)}) above
    )
    SELECT id FROM path WHERE id = ANY(${[...ids]}::text[])`;
  return rows.map(({ id }) => id);
}
