import "server-only";
import type { MessagePart } from "@/lib/contracts/messages";
import type { SystemActor } from "@/lib/domain/actor";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";

export type Checkpoint = {
  generationId: string;
  userId: string;
  /** Everything so far; null when nothing is new, and only life is told. */
  parts: MessagePart[] | null;
  /** Tokens used so far, by our own count: what is booked should this process crash. */
  inputTokens: number | null;
  outputTokens: number;
};

/**
 * Saves what has come so far of live answers, and that they are alive, in one statement. What of
 * it others ended meanwhile is left as it is.
 *
 * @param watched generations to look after, whether or not there is anything to save.
 * @returns those of the watched ones that somebody asked to stop.
 */
export async function saveCheckpoints(
  _system: SystemActor,
  checkpoints: readonly Checkpoint[],
  watched: readonly string[],
): Promise<string[]> {
  const rows = await retryConflict(
    () => db().$queryRaw<{ id: string }[]>`
      WITH news AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(checkpoints)}::jsonb) AS c(
          "generationId" text, "userId" text, parts jsonb, "inputTokens" int, "outputTokens" int)
      ), beat AS (
        UPDATE generations g SET
          heartbeat_at = now(), input_tokens = news."inputTokens",
          output_tokens = news."outputTokens", usage_source = 'estimated'
        FROM news
        WHERE g.id = news."generationId" AND g.user_id = news."userId" AND g.status = 'streaming'
        RETURNING g.message_id, news.parts
      ), saved AS (
        UPDATE messages m SET parts = beat.parts, updated_at = now()
        FROM beat
        WHERE m.id = beat.message_id AND m.status = 'streaming'
          AND jsonb_typeof(beat.parts) = 'array'
      )
      SELECT id FROM generations
      WHERE id = ANY(${[...watched]}::text[]) AND stop_asked_at IS NOT NULL`,
  );
  return rows.map(({ id }) => id);
}
