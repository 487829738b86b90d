import "server-only";
import { z } from "zod";
import type { AlertsPage } from "@/lib/contracts/alerts";
import { isAdmin, type Actor, type SystemActor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { isHighestMark, readFacts, subjectName, withSubjects } from "./alert-facts";
import { db } from "./client";
import { decodeCursor, encodeCursor } from "./cursor";

/** More than anybody counts. */
const mostNew = 1000;

const rowSchema = z.object({
  id: z.string(),
  kind: z.string(),
  facts: z.unknown(),
  subject_name: z.string().nullable(),
  created_at: z.date(),
  is_new: z.boolean(),
});

/**
 * A page of what the actor is told, the newest first: all alerts for an admin, for a member those
 * about themselves.
 */
export async function findAlerts(
  actor: Actor,
  page: { before?: string | undefined; limit: number },
): Promise<AlertsPage> {
  const before = page.before === undefined ? null : decodeCursor(page.before);
  const older =
    before === null
      ? Prisma.sql`true`
      : Prisma.sql`(a.created_at, a.id) < (${before.at}, ${before.id})`;
  const [found, [count]] = await db().$transaction([
    db().$queryRaw<unknown[]>`
      SELECT a.id, a.kind, a.facts, a.created_at, ${subjectName} AS subject_name,
        a.created_at > ${seenAt(actor)} AS is_new
      FROM alerts a ${withSubjects}
      WHERE ${isFor(actor)} AND ${isHighestMark} AND ${older}
      ORDER BY a.created_at DESC, a.id DESC LIMIT ${page.limit + 1}`,
    db().$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM (
        SELECT 1 FROM alerts a
        WHERE ${isFor(actor)} AND a.created_at > ${seenAt(actor)} AND ${isHighestMark}
        LIMIT ${mostNew}) AS newer`,
  ]);
  const rows = found.map((row) => rowSchema.parse(row));
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    alerts: shown.flatMap((row) => {
      const facts = readFacts(row.kind, row.facts, row.subject_name);
      const { id, created_at, is_new } = row;
      return facts === null
        ? []
        : [{ id, facts, createdAt: created_at.toISOString(), isNew: is_new }];
    }),
    newCount: Number(count?.count ?? 0),
    before:
      rows.length > page.limit && last !== undefined
        ? encodeCursor({ at: last.created_at, id: last.id })
        : null,
  };
}

/** Says that the actor has looked: what there is by now is new no more. */
export async function markAlertsSeen(actor: Actor): Promise<void> {
  await db().$executeRaw`UPDATE users SET alerts_seen_at = now() WHERE id = ${actor.userId}`;
}

const isFor = (actor: Actor) =>
  isAdmin(actor) ? Prisma.sql`true` : Prisma.sql`a.user_id = ${actor.userId}`;

// What happened before the account was made is no news.
const seenAt = ({ userId }: Actor) => Prisma.sql`coalesce((
  SELECT coalesce(u.alerts_seen_at, u.created_at) FROM users u WHERE u.id = ${userId}), now())`;

const sentSchema = z.object({ alerts: z.number(), user_ids: z.array(z.string()) });

/**
 * Makes out the deliveries of new alerts, once each, whoever asks: to every channel that wants
 * them, and by mail to the member whose own budget it is. Of several marks that a budget passed at
 * once the highest goes out.
 *
 * @returns who sees them; nobody where there were none.
 */
export async function sendOutAlerts(
  _system: SystemActor,
  { canMail }: { canMail: boolean },
): Promise<string[]> {
  const rows = await db().$queryRaw<unknown[]>`
    WITH fresh AS (
      SELECT id FROM alerts WHERE sent_out_at IS NULL
      ORDER BY created_at, id LIMIT 500 FOR UPDATE SKIP LOCKED
    ), sent AS (
      UPDATE alerts a SET sent_out_at = now() FROM fresh WHERE a.id = fresh.id
      RETURNING a.*
    ), told AS (
      SELECT a.* FROM sent a WHERE ${isHighestMark}
    ), to_channels AS (
      INSERT INTO alert_deliveries (id, alert_id, channel_id)
      SELECT gen_random_uuid()::text, told.id, c.id
      FROM told JOIN alert_channels c ON c.is_enabled
        AND (cardinality(c.alert_kinds) = 0 OR told.kind = ANY(c.alert_kinds))
      ON CONFLICT DO NOTHING
    ), to_users AS (
      INSERT INTO alert_deliveries (id, alert_id, user_id)
      SELECT gen_random_uuid()::text, told.id, u.id
      FROM told JOIN users u ON u.id = told.user_id AND u.is_active
      WHERE ${canMail} AND told.kind = 'budget'
      ON CONFLICT DO NOTHING
    )
    SELECT (SELECT count(*)::int FROM told) AS alerts, ARRAY(
      SELECT u.id FROM users u
      WHERE u.is_active AND (u.role = 'admin' OR u.id IN (SELECT told.user_id FROM told))
    ) AS user_ids`;
  const { alerts, user_ids } = sentSchema.parse(rows[0]);
  return alerts === 0 ? [] : user_ids;
}

/** Forgets old alerts, and the log of their deliveries sooner. */
export async function deleteOldAlerts(
  _system: SystemActor,
  { alertsBefore, deliveriesBefore }: { alertsBefore: Date; deliveriesBefore: Date },
): Promise<void> {
  await db().alertDelivery.deleteMany({ where: { createdAt: { lt: deliveriesBefore } } });
  await db().alert.deleteMany({ where: { createdAt: { lt: alertsBefore } } });
}
