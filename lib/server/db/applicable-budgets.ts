import "server-only";
import { Prisma } from "@/generated/prisma/client";

/** The groups of a user, as an array of ids in order. */
export const groupIdsOf = (userId: string) => Prisma.sql`(
  SELECT coalesce(array_agg(gm.group_id ORDER BY gm.group_id), '{}')
  FROM group_members gm WHERE gm.user_id = ${userId})`;

/** Whom a budget `b` counts for, of a user with `group_ids` and a key: the subject of its balance. */
export const budgetSubject = (userId: Prisma.Sql, keyId: Prisma.Sql) => Prisma.sql`
  CASE b.scope WHEN 'instance' THEN 'instance' WHEN 'each_user' THEN ${userId}
    WHEN 'each_key' THEN ${keyId} ELSE b.subject_id END`;

/** Whether a budget `b` covers what a user does, with a key where there is one. */
export const isBudgetOf = (
  userId: Prisma.Sql,
  groupIds: Prisma.Sql,
  keyId: Prisma.Sql,
) => Prisma.sql`
  CASE b.scope WHEN 'instance' THEN true WHEN 'each_user' THEN true
    WHEN 'group' THEN b.subject_id = ANY(${groupIds}) WHEN 'user' THEN b.subject_id = ${userId}
    WHEN 'key' THEN b.subject_id = ${keyId} WHEN 'each_key' THEN ${keyId} IS NOT NULL
    ELSE false END`;

/** The period of a budget `b` that a moment falls into, by the database's clock and its time zone. */
export const budgetSpan = (moment: Prisma.Sql) => Prisma.sql`
  CASE b.period WHEN 'day' THEN to_char(${moment} AT TIME ZONE b.time_zone, 'YYYY-MM-DD')
    WHEN 'month' THEN to_char(${moment} AT TIME ZONE b.time_zone, 'YYYY-MM')
    ELSE b.period END`;

/** When that period is over; null for one that has no end. */
export const budgetReset = (moment: Prisma.Sql) => Prisma.sql`
  CASE WHEN b.period IN ('day', 'month') THEN
    (date_trunc(b.period, ${moment} AT TIME ZONE b.time_zone)
      + CASE b.period WHEN 'day' THEN interval '1 day' ELSE interval '1 month' END)
    AT TIME ZONE b.time_zone END`;
