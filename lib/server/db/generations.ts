import "server-only";
import type { SystemActor } from "@/lib/domain/actor";
import { db } from "./client";

/**
 * Ends the generations that nobody writes any more: their heartbeat is older than `silentForMs`,
 * as after a crash. The text up to the last checkpoint stays, marked `interrupted`.
 *
 * @returns how many there were.
 */
export async function closeAbandonedGenerations(
  _system: SystemActor,
  silentForMs: number,
): Promise<number> {
  return db().$executeRaw`
    WITH abandoned AS (
      UPDATE generations SET status = 'interrupted', error_code = 'server_restarted',
        finished_at = now()
      WHERE status = 'streaming'
        AND heartbeat_at <= now() - make_interval(secs => ${silentForMs / 1000}::float8)
      RETURNING message_id, conversation_id
    ), freed AS (
      UPDATE conversations c SET live_message_id = NULL
      FROM abandoned WHERE c.id = abandoned.conversation_id
        AND c.live_message_id = abandoned.message_id
    )
    UPDATE messages m SET status = 'interrupted', error_code = 'server_restarted', updated_at = now()
    FROM abandoned WHERE m.id = abandoned.message_id AND m.status = 'streaming'`;
}
