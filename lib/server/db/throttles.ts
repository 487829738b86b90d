import "server-only";
import type { ThrottleRule } from "@/lib/domain/accounts/throttle-rules";
import type { SystemActor } from "@/lib/domain/actor";
import { db } from "./client";

const dayMs = 24 * 60 * 60 * 1000;
const knownForMs = 30 * dayMs;
const knownPrefix = "known:";

/**
 * Counts a try, or refuses it: one statement, so that of any number of parallel tries no more pass
 * than the rule allows.
 *
 * @param key names what is counted; must not hold what a person typed.
 * @returns null when the try may go on, else the seconds until the next one may.
 */
export async function countTry(
  _system: SystemActor,
  key: string,
  rule: ThrottleRule,
  now: Date,
): Promise<number | null> {
  const { tries, windowMs, isSliding, blocksMs, calmMs } = rule;
  const at = now.toISOString();
  const rows = await db().$queryRaw<{ failures: number }[]>`
    WITH given AS (
      SELECT ${at}::timestamptz AS at, ${tries}::int AS tries, ${isSliding}::boolean AS is_sliding,
        make_interval(secs => ${windowMs / 1000}::float8) AS span,
        make_interval(secs => ${calmMs / 1000}::float8) AS calm,
        ${blocksMs.map((blockMs) => blockMs / 1000)}::float8[] AS blocks
    )
    INSERT INTO throttles AS throttle (key, failures, window_start, blocked_until)
    SELECT ${key}, 1, at, CASE WHEN tries <= 1 THEN at + make_interval(secs => blocks[1]) END
    FROM given
    ON CONFLICT (key) DO UPDATE SET (failures, window_start, blocked_until) = (
      SELECT
        count,
        CASE WHEN count = 1 OR is_sliding THEN at ELSE throttle.window_start END,
        CASE WHEN count >= tries THEN at + make_interval(
          secs => blocks[LEAST(count - tries + 1, cardinality(blocks))]
        ) END
      FROM given, LATERAL (
        SELECT CASE
          WHEN at >= GREATEST(throttle.window_start + span, throttle.blocked_until + calm) THEN 1
          ELSE throttle.failures + 1
        END AS count
      ) AS counted
    )
    WHERE throttle.blocked_until IS NULL OR throttle.blocked_until <= ${at}::timestamptz
    RETURNING failures`;
  if (rows.length > 0) return null;
  const row = await db().throttle.findUnique({ where: { key }, select: { blockedUntil: true } });
  const leftMs = (row?.blockedUntil?.getTime() ?? 0) - now.getTime();
  return Math.max(1, Math.ceil(leftMs / 1000));
}

/** Takes one try back: it turned out to be the rightful owner's. */
export async function takeTryBack(_system: SystemActor, key: string): Promise<void> {
  await db().$executeRaw`
    UPDATE throttles SET failures = failures - 1, blocked_until = NULL
    WHERE key = ${key} AND failures > 0`;
}

/** Forgets all tries of a key. */
export async function forgetTries(_system: SystemActor, key: string): Promise<void> {
  await db().throttle.deleteMany({ where: { key } });
}

/** Remembers for 30 days that an account has signed in from an address. */
export async function rememberAddress(
  _system: SystemActor,
  pair: string,
  now: Date,
): Promise<void> {
  const key = knownPrefix + pair;
  await db().throttle.upsert({
    where: { key },
    create: { key, windowStart: now },
    update: { windowStart: now },
  });
}

/** Whether an account has signed in from an address within the last 30 days. */
export async function isKnownAddress(
  _system: SystemActor,
  pair: string,
  now: Date,
): Promise<boolean> {
  const row = await db().throttle.findUnique({
    where: { key: knownPrefix + pair },
    select: { windowStart: true },
  });
  return row !== null && now.getTime() - row.windowStart.getTime() < knownForMs;
}

/** Deletes what no rule looks at any more. */
export async function deleteOldTries(_system: SystemActor, now: Date): Promise<void> {
  const before = (ageMs: number) => ({ lt: new Date(now.getTime() - ageMs) });
  await db().throttle.deleteMany({
    where: {
      OR: [
        { windowStart: before(dayMs), NOT: { key: { startsWith: knownPrefix } } },
        { windowStart: before(knownForMs) },
      ],
    },
  });
}
