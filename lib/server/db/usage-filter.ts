import "server-only";
import { isAdmin, type Actor } from "@/lib/domain/actor";
import type { UsageFilter, UsageQuery } from "@/lib/contracts/usage-reports";
import { Prisma } from "@/generated/prisma/client";

/** What of the books a report looks at: no `userId` means everybody's. */
export type UsageWhere = {
  from: string;
  to: string;
  timeZone: string;
} & Omit<UsageFilter, "from" | "to">;

/** Whose usage somebody may see: an admin everybody's, unless they ask for their own. */
export function allowedUser(
  actor: Actor,
  { userId, scope, groupBy }: Pick<UsageQuery, "userId" | "scope" | "groupBy">,
): { userId?: string } {
  // Conversations are their owners', for admins too.
  if (!isAdmin(actor) || scope === "own" || groupBy === "conversation")
    return { userId: actor.userId };
  return userId === undefined ? {} : { userId };
}

/** The filter on rows of usage_days. */
export function whereDays(where: UsageWhere): Prisma.Sql {
  const { from, to, groupId } = where;
  // Most people are in one group, and taking a text apart costs more than all else of a row.
  const isOfGroup = Prisma.sql`
    AND (u.group_ids = ${groupId ?? ""} OR (strpos(u.group_ids, ',') > 0
      AND ${groupId ?? ""} = ANY(string_to_array(u.group_ids, ','))))`;
  return Prisma.sql`
    u.day BETWEEN ${from}::date AND ${to}::date AND u.attempts <> 0
    ${sharedFilter(where)}${personFilter(where)} ${groupId === undefined ? Prisma.empty : isOfGroup}`;
}

/** The filter on rows of usage_hours that lie wholly within the days. */
export function whereHours(where: UsageWhere): Prisma.Sql {
  return Prisma.sql`
    u.hour BETWEEN ${startOf(where)} AND ${endOf(where)} AND u.attempts <> 0
    AND ${isWholeHour(Prisma.sql`u.hour`, where)} ${sharedFilter(where)}`;
}

/** The filter on rows of the ledger. */
export function whereLedger(where: UsageWhere): Prisma.Sql {
  const { groupId } = where;
  return Prisma.sql`
    u.occurred_at BETWEEN ${startOf(where)} AND ${endOf(where)}
    AND ${isWithin(Prisma.sql`u.occurred_at`, where)}
    ${sharedFilter(where)}${personFilter(where)}
    ${groupId === undefined ? Prisma.empty : Prisma.sql`AND ${groupId} = ANY(u.group_ids)`}`;
}

/**
 * The filter on rows of the ledger in hours that lie only partly within the days, as where a day
 * begins at half past by UTC.
 */
export function whereLedgerEdges(where: UsageWhere): Prisma.Sql {
  const near = (bound: Prisma.Sql) =>
    Prisma.sql`u.occurred_at BETWEEN ${bound} - interval '3 hours' AND ${bound} + interval '3 hours'`;
  const { from, to, timeZone } = where;
  return Prisma.sql`
    (${near(midnight(from, timeZone, 0))} OR ${near(midnight(to, timeZone, 1))})
    AND ${isWithin(Prisma.sql`u.occurred_at`, where)}
    AND NOT ${isWholeHour(Prisma.sql`date_trunc('hour', u.occurred_at, 'UTC')`, where)}
    ${sharedFilter(where)}`;
}

// A day wider on both sides, for the index; which day a moment is of, the time zone says.
const startOf = ({ from, timeZone }: UsageWhere) => midnight(from, timeZone, -1);
const endOf = ({ to, timeZone }: UsageWhere) => midnight(to, timeZone, 2);

const midnight = (day: string, timeZone: string, daysLater: number) => Prisma.sql`
  ((${day}::date + ${daysLater}::int)::timestamp AT TIME ZONE ${timeZone})`;

// Of which day a moment is costs something to find out: far from the ends it is plain.
const isWithin = (moment: Prisma.Sql, { from, to, timeZone }: UsageWhere) => Prisma.sql`
  (${moment} BETWEEN ${midnight(from, timeZone, 1)} AND ${midnight(to, timeZone, 0)}
    OR (${moment} AT TIME ZONE ${timeZone})::date BETWEEN ${from}::date AND ${to}::date)`;

const isWholeHour = (hour: Prisma.Sql, where: UsageWhere) => Prisma.sql`
  (${isWithin(hour, where)}
    AND ${isWithin(Prisma.sql`(${hour} + interval '59 minutes 59.999 seconds')`, where)})`;

function sharedFilter({ modelId, providerId, kind, paidBy }: UsageWhere): Prisma.Sql {
  return andAll([
    modelId !== undefined && Prisma.sql`u.model_id = ${modelId}`,
    providerId !== undefined && Prisma.sql`u.provider_id = ${providerId}`,
    kind !== undefined && Prisma.sql`u.kind = ${kind}`,
    paidBy !== undefined && Prisma.sql`u.paid_by = ${paidBy}`,
  ]);
}

function personFilter({ userId, keyId }: UsageWhere): Prisma.Sql {
  return andAll([
    userId !== undefined && Prisma.sql`u.user_id = ${userId}`,
    keyId !== undefined && Prisma.sql`u.key_id = ${keyId}`,
  ]);
}

function andAll(conditions: readonly (Prisma.Sql | false)[]): Prisma.Sql {
  const given = conditions.filter((condition) => condition !== false);
  return given.length === 0 ? Prisma.empty : Prisma.sql` AND ${Prisma.join(given, " AND ")} `;
}
