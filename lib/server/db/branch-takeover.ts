import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { messageOf } from "./tree-steps";

/**
 * Steps of a recursive statement that decide what was said of the branch on which a new message
 * goes on. They follow a step `start` with the columns `leaf_id` (of the branch that is shown),
 * `branch_context` (what was said of it) and `parent_id` (what the new message follows), and end
 * with the step `said`, which has `branch_context` for the new leaf.
 *
 * At the end of the branch that is shown nothing changes. Where the message leads away from it, one
 * that takes another's place also takes its pin, and stays the start where that one was; a start
 * that is not on the new branch is none.
 *
 * @param placedId the new message of the user; null where an answer is made anew.
 * @param isAtLeaf whether the message is known to go to the end: then there is less to plan for
 * the database, which takes longer than to run it.
 */
export function takeoverSteps(placedId: string | null, isAtLeaf: boolean): Prisma.Sql {
  if (isAtLeaf) return Prisma.sql`said AS (SELECT branch_context FROM start)`;
  return Prisma.sql`
    away AS (
      SELECT start.parent_id, start.branch_context, start.branch_context->>'startId' AS start_id,
        coalesce(${placedId}::text, start.parent_id) AS placed_id
      FROM start
      WHERE start.branch_context IS NOT NULL AND start.parent_id IS DISTINCT FROM start.leaf_id
    ), to_start AS (
      SELECT away.parent_id AS id FROM away WHERE away.start_id IS NOT NULL
      UNION ALL
      SELECT p.parent_id FROM to_start CROSS JOIN away CROSS JOIN LATERAL (
        ${messageOf(Prisma.sql`to_start`)}) p
      WHERE to_start.id <> away.start_id
    ), said AS (
      SELECT CASE WHEN away.branch_context IS NULL THEN start.branch_context
        ELSE away.branch_context || jsonb_build_object(
          'startId', CASE
            WHEN away.start_id IN (SELECT id FROM to_start) THEN away.start_id
            WHEN EXISTS (
              SELECT 1 FROM messages m
              WHERE m.id = away.start_id AND m.parent_id IS NOT DISTINCT FROM away.parent_id)
            THEN away.placed_id END,
          'marks', coalesce((
            SELECT jsonb_object_agg(coalesce(mark.placed_id, mark.id), mark.value)
            FROM (
              SELECT each.key AS id, each.value, CASE WHEN m.id IS NOT NULL
                THEN ${placedId}::text END AS placed_id
              FROM jsonb_each_text(away.branch_context->'marks') AS each
                LEFT JOIN messages m ON m.id = each.key AND ${placedId !== null}
                  AND m.role = 'user' AND m.parent_id IS NOT DISTINCT FROM away.parent_id) AS mark
            WHERE mark.placed_id IS NULL OR mark.value = 'pinned'), '{}'))
        END AS branch_context
      FROM start LEFT JOIN away ON true
    )`;
}
