import "server-only";
import { storedPlanSchema, type StoredPlan } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "./client";

/**
 * What was sent for an answer of the actor's, the last time that it was written or gone on with;
 * null where nothing was, or an older release did it.
 *
 * @throws AppError `not_found` when it is no answer, or not the actor's.
 */
export async function readAnswerPlan(actor: Actor, messageId: string): Promise<StoredPlan | null> {
  const [row] = await db().$queryRaw<{ plan: unknown }[]>`
    SELECT (
      SELECT g.context_plan FROM generations g
      WHERE g.message_id = m.id AND g.user_id = ${actor.userId} AND g.kind <> 'summary'
      ORDER BY g.started_at DESC LIMIT 1) AS plan
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.id = ${messageId} AND m.role = 'assistant' AND m.deleted_at IS NULL
      AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL`;
  if (row === undefined) throw new AppError("not_found");
  return storedPlanSchema.nullable().catch(null).parse(row.plan);
}
