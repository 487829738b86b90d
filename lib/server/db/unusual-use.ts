import "server-only";
import type { SystemActor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";

/**
 * Tells of calls that used more tokens than is usual, all their requests together, and of users
 * with more calls within a minute than is usual; each once per user and hour.
 *
 * What was told is not told again, so looking back too far does no harm. Calls are their holds,
 * which end with them.
 *
 * @param sinceMs how far to look back.
 */
export async function tellUnusualUse(
  _system: SystemActor,
  given: { tokensPerCall: number; callsPerMinute: number; sinceMs: number },
): Promise<void> {
  const { tokensPerCall, callsPerMinute, sinceMs } = given;
  const since = Prisma.sql`now() - make_interval(secs => ${sinceMs / 1000}::float8)`;
  await db().$executeRaw`
    WITH recent AS MATERIALIZED (
      SELECT h.id, h.user_id, h.created_at, h.ended_at FROM holds h
      WHERE h.ended_at IS NULL OR h.ended_at > ${since} - interval '1 minute'
    ), used AS (
      SELECT recent.id, recent.user_id, recent.ended_at AS at,
        sum(l.input_tokens + l.output_tokens) AS tokens,
        (array_agg(l.model_name ORDER BY l.number DESC, l.revision DESC))[1] AS model_name
      FROM recent JOIN ledger l ON l.call_id = recent.id
      WHERE recent.ended_at > ${since}
      GROUP BY recent.id, recent.user_id, recent.ended_at
      HAVING sum(l.input_tokens + l.output_tokens) > ${tokensPerCall}
    ), counted AS (
      SELECT user_id, created_at AS at, count(*) OVER (
          PARTITION BY user_id ORDER BY created_at
          RANGE BETWEEN interval '1 minute' PRECEDING AND CURRENT ROW) AS calls
      FROM recent WHERE created_at > ${since} - interval '1 minute'
    ), unusual AS (
      SELECT 'tokens_per_call' AS kind, user_id, at, tokens AS amount, jsonb_build_object(
        'modelName', model_name, 'tokens', tokens, 'threshold', ${tokensPerCall}::bigint) AS facts
      FROM used
      UNION ALL
      SELECT 'calls_per_minute', user_id, at, calls, jsonb_build_object(
        'calls', calls, 'threshold', ${callsPerMinute}::bigint)
      FROM counted WHERE calls > ${callsPerMinute} AND at > ${since}
    ), first AS (
      -- Of an hour the one that is the furthest off.
      SELECT DISTINCT ON (kind, user_id, date_trunc('hour', at, 'UTC')) *
      FROM unusual ORDER BY kind, user_id, date_trunc('hour', at, 'UTC'), amount DESC, at
    )
    INSERT INTO alerts (id, kind, once_key, facts)
    SELECT gen_random_uuid()::text, first.kind,
      concat_ws(':', first.kind, first.user_id, floor(extract(epoch FROM first.at) / 3600)),
      first.facts || jsonb_build_object('userName', u.name)
    FROM first LEFT JOIN users u ON u.id = first.user_id
    ON CONFLICT (once_key) DO NOTHING`;
}
