import "server-only";
import { z } from "zod";
import { deliveryFailures, type AlertDeliveries } from "@/lib/contracts/alerts";
import { alertDeliverySchema } from "@/lib/contracts/alerts";
import type { Actor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { readFacts, subjectName, withSubjects } from "./alert-facts";
import { db } from "./client";
import { decodeCursor, encodeCursor } from "./cursor";
import { requireAdmin } from "./require-admin";

const rowSchema = z.object({
  id: z.string(),
  channel_id: z.string().nullable(),
  user_id: z.string().nullable(),
  channel_name: z.string().nullable(),
  kind: z.string().nullable(),
  facts: z.unknown(),
  subject_name: z.string().nullable(),
  state: alertDeliverySchema.shape.state,
  tries: z.number(),
  http_status: z.number().nullable(),
  failure: z.enum(deliveryFailures).nullable(),
  next_try_at: z.date(),
  created_at: z.date(),
  delivered_at: z.date().nullable(),
});

/** A page of what was sent where and what became of it, the newest first; mail to members too. */
export async function findDeliveries(
  actor: Actor,
  page: { before?: string | undefined; limit: number },
): Promise<AlertDeliveries> {
  requireAdmin(actor);
  const before = page.before === undefined ? null : decodeCursor(page.before);
  const older =
    before === null
      ? Prisma.sql`true`
      : Prisma.sql`(d.created_at, d.id) < (${before.at}, ${before.id})`;
  const found = await db().$queryRaw<unknown[]>`
    SELECT d.*, coalesce(c.name, recipient.name) AS channel_name, a.kind, a.facts,
      ${subjectName} AS subject_name
    FROM alert_deliveries d
      LEFT JOIN alert_channels c ON c.id = d.channel_id
      LEFT JOIN users recipient ON recipient.id = d.user_id
      LEFT JOIN alerts a ON a.id = d.alert_id ${withSubjects}
    WHERE ${older}
    ORDER BY d.created_at DESC, d.id DESC LIMIT ${page.limit + 1}`;
  const rows = found.map((row) => rowSchema.parse(row));
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    deliveries: shown.map((row) => ({
      id: row.id,
      channelId: row.channel_id ?? `mail:${row.user_id ?? ""}`,
      channelName: row.channel_name ?? "",
      facts: row.kind === null ? null : readFacts(row.kind, row.facts, row.subject_name),
      state: row.state,
      tries: row.tries,
      httpStatus: row.http_status,
      failure: row.failure,
      nextTryAt: row.state === "waiting" ? row.next_try_at.toISOString() : null,
      createdAt: row.created_at.toISOString(),
      deliveredAt: row.delivered_at?.toISOString() ?? null,
    })),
    before:
      rows.length > page.limit && last !== undefined
        ? encodeCursor({ at: last.created_at, id: last.id })
        : null,
  };
}
