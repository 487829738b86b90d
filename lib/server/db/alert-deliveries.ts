import "server-only";
import { z } from "zod";
import type { AlertFacts, DeliveryFailure } from "@/lib/contracts/alerts";
import type { SystemActor } from "@/lib/domain/actor";
import { mostTries } from "@/lib/domain/alerts/next-try";
import { Prisma } from "@/generated/prisma/client";
import { readFacts, subjectName, withSubjects } from "./alert-facts";
import { db } from "./client";

/** Longer than a try may take: a delivery whose worker died is taken up after it. */
const leaseMs = 45_000;
/** Messages a minute to one channel: what DingTalk and WeCom allow. */
export const messagesPerMinute = 20;
const mostJoined = 100;

/** A delivery that is this worker's until its lease is over. */
export type ClaimedDelivery = {
  id: string;
  /** With this one. */
  tries: number;
  alert: { id: string; facts: AlertFacts; createdAt: Date };
};

const claimSchema = z.object({
  id: z.string(),
  tries: z.number(),
  alert_id: z.string(),
  kind: z.string(),
  facts: z.unknown(),
  subject_name: z.string().nullable(),
  created_at: z.date(),
});

const leaseEnd = Prisma.sql`now() + make_interval(secs => ${leaseMs / 1000}::float8)`;

const isDue = Prisma.sql`d.state = 'waiting' AND d.alert_id IS NOT NULL
  AND d.next_try_at <= now() AND d.tries < ${mostTries}`;

/** Where something waits to be sent: ids of channels, and of users who get mail. */
export async function findDue(
  _system: SystemActor,
): Promise<{ channelIds: string[]; userIds: string[] }> {
  const rows = await db().$queryRaw<{ channel_id: string | null; user_id: string | null }[]>`
    SELECT DISTINCT d.channel_id, d.user_id
    FROM alert_deliveries d LEFT JOIN alert_channels c ON c.id = d.channel_id
    WHERE ${isDue} AND (d.user_id IS NOT NULL OR c.is_enabled)`;
  return {
    channelIds: rows.flatMap((row) => row.channel_id ?? []),
    userIds: rows.flatMap((row) => row.user_id ?? []),
  };
}

/**
 * Claims the deliveries of the next message to a channel, for one worker of all instances: one,
 * or all that wait where it is the last message that the minute allows. None while the minute is
 * full, or while another worker claims.
 *
 * @param joins whether this kind of channel takes several alerts in one message.
 */
export async function claimForChannel(
  _system: SystemActor,
  channelId: string,
  { joins }: { joins: boolean },
): Promise<ClaimedDelivery[]> {
  const most = joins
    ? Prisma.sql`CASE WHEN cardinality(recent) >= ${messagesPerMinute - 1} THEN ${mostJoined}::int ELSE 1 END`
    : Prisma.sql`1`;
  const rows = await db().$queryRaw<unknown[]>`
    WITH channel AS MATERIALIZED (
      SELECT c.id, ${recentSends} AS recent FROM alert_channels c
      WHERE c.id = ${channelId} AND c.is_enabled
        AND cardinality(${recentSends}) < ${messagesPerMinute}
      FOR UPDATE SKIP LOCKED
    ), due AS MATERIALIZED (
      SELECT d.id FROM alert_deliveries d JOIN channel ON channel.id = d.channel_id
      WHERE ${isDue}
      ORDER BY d.created_at, d.id
      LIMIT (SELECT ${most} FROM channel)
      FOR UPDATE OF d SKIP LOCKED
    ), counted AS (
      UPDATE alert_channels c SET recent_sends = channel.recent || now()::timestamptz(3)
      FROM channel WHERE c.id = channel.id AND EXISTS (SELECT 1 FROM due)
    ), claimed AS (
      UPDATE alert_deliveries d SET tries = d.tries + 1, next_try_at = ${leaseEnd}
      FROM due WHERE d.id = due.id RETURNING d.id, d.tries, d.alert_id
    )
    ${claimedRows}`;
  return rows.flatMap(toClaimed);
}

/** Claims the next mail to a user, and says where it goes. */
export async function claimForUser(
  _system: SystemActor,
  userId: string,
): Promise<{ delivery: ClaimedDelivery; email: string; locale: string | null } | null> {
  const rows = await db().$queryRaw<unknown[]>`
    WITH due AS MATERIALIZED (
      SELECT d.id FROM alert_deliveries d WHERE d.user_id = ${userId} AND ${isDue}
      ORDER BY d.created_at, d.id LIMIT 1 FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE alert_deliveries d SET tries = d.tries + 1, next_try_at = ${leaseEnd}
      FROM due WHERE d.id = due.id RETURNING d.id, d.tries, d.alert_id
    )
    ${claimedRows}`;
  const [delivery] = rows.flatMap(toClaimed);
  if (delivery === undefined) return null;
  const user = await db().user.findUnique({
    where: { id: userId, isActive: true },
    select: { email: true, locale: true },
  });
  if (user !== null) return { delivery, ...user };
  await db().alertDelivery.updateMany({
    where: { userId, state: "waiting" },
    data: { state: "given_up" },
  });
  return null;
}

/** Says that deliveries have arrived. */
export async function noteDelivered(
  _system: SystemActor,
  ids: readonly string[],
  httpStatus: number | null,
): Promise<void> {
  await db().$executeRaw`
    UPDATE alert_deliveries SET state = 'delivered', delivered_at = now(), failure = NULL,
      http_status = ${httpStatus}::int
    WHERE id = ANY(${[...ids]}::text[])`;
}

/** What a try failed with, and when the next one is; null: never. */
export type FailedTry = {
  tries: number;
  failure: DeliveryFailure;
  httpStatus: number | null;
  waitMs: number | null;
};

/** Says that a try failed; a newer one of another worker is not touched. */
export async function noteFailed(
  _system: SystemActor,
  id: string,
  { tries, failure, httpStatus, waitMs }: FailedTry,
): Promise<void> {
  await db().$executeRaw`
    UPDATE alert_deliveries SET failure = ${failure}, http_status = ${httpStatus}::int,
      state = CASE WHEN ${waitMs}::float8 IS NULL THEN 'given_up' ELSE 'waiting' END,
      next_try_at = now() + make_interval(secs => coalesce(${waitMs}::float8, 0) / 1000)
    WHERE id = ${id} AND tries = ${tries} AND state = 'waiting'`;
}

/** Gives up what died in its last try, or in a test. */
export async function giveUpLost(_system: SystemActor): Promise<void> {
  await db().$executeRaw`
    UPDATE alert_deliveries SET state = 'given_up', failure = coalesce(failure, 'timeout')
    WHERE state = 'waiting' AND next_try_at <= now()
      AND (tries >= ${mostTries} OR alert_id IS NULL)`;
}

/** Opens a delivery of a test, which is tried once, at once. */
export async function startTestDelivery(
  _system: SystemActor,
  { id, channelId }: { id: string; channelId: string },
): Promise<void> {
  await db().$executeRaw`
    WITH counted AS (
      UPDATE alert_channels c SET recent_sends = ${recentSends} || now()::timestamptz(3)
      WHERE c.id = ${channelId}
    )
    INSERT INTO alert_deliveries (id, channel_id, tries, next_try_at)
    VALUES (${id}, ${channelId}, 1, ${leaseEnd})`;
}

const recentSends = Prisma.sql`ARRAY(
  SELECT sent FROM unnest(c.recent_sends) AS sent WHERE sent > now() - interval '1 minute')`;

const claimedRows = Prisma.sql`
  SELECT claimed.id, claimed.tries, a.id AS alert_id, a.kind, a.facts, a.created_at,
    ${subjectName} AS subject_name
  FROM claimed JOIN alerts a ON a.id = claimed.alert_id ${withSubjects}
  ORDER BY a.created_at, a.id`;

function toClaimed(row: unknown): ClaimedDelivery[] {
  const { id, tries, alert_id, kind, subject_name, ...alert } = claimSchema.parse(row);
  const facts = readFacts(kind, alert.facts, subject_name);
  return facts === null
    ? []
    : [{ id, tries, alert: { id: alert_id, facts, createdAt: alert.created_at } }];
}
