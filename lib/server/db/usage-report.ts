import "server-only";
import { z } from "zod";
import { currencies } from "@/lib/contracts/usage";
import type { UsageGrouping } from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import type { ExactSums } from "@/lib/domain/reports/sums";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";
import { requireAdmin } from "./require-admin";
import { sumNames, sumsOf } from "./usage-sums";
import {
  whereDays,
  whereHours,
  whereLedger,
  whereLedgerEdges,
  type UsageWhere,
} from "./usage-filter";

/** Sums of what is the same by `key`; for `group` the ids of all groups, joined by commas. */
export type KeyedSums = { key: string; sums: ExactSums };

/** A row of sums as the database gives it. */
export const sumsSchema = z.object({
  calls: z.bigint(),
  attempts: z.bigint(),
  failed: z.bigint(),
  estimated: z.bigint(),
  unpriced: z.bigint(),
  inputTokens: z.bigint(),
  cachedTokens: z.bigint(),
  outputTokens: z.bigint(),
  reasoningTokens: z.bigint(),
  timed: z.bigint(),
  firstTokenMs: z.bigint(),
  writingMs: z.bigint(),
  writtenTokens: z.bigint(),
  CNY: z.bigint().nullable(),
  USD: z.bigint().nullable(),
});

const rowSchema = sumsSchema.extend({ key: z.string() });

/**
 * What was used, by key. The filter must be one that the actor may see: see
 * allowedUser. @throws AppError `forbidden` for a member who asks for more than their own, and for
 * anybody who asks for another's conversations.
 */
export async function findUsageSums(
  actor: Actor,
  groupBy: UsageGrouping,
  where: UsageWhere,
): Promise<KeyedSums[]> {
  if (where.userId !== actor.userId) {
    requireAdmin(actor);
    // Not for admins either.
    if (groupBy === "conversation") throw new AppError("forbidden");
  }
  const rows = await db().$queryRaw<unknown[]>(reportStatement(groupBy, where));
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ key, ...sums }) => ({ key, sums }));
}

const dayKeys = {
  day: "u.day::text",
  model: "u.model_id",
  provider: "u.provider_id",
  user: "u.user_id",
  group: "u.group_ids",
  key: "u.key_id",
  payer: "u.paid_by",
  kind: "u.kind",
  error: "u.error_code",
} as const;

/** The statement of a report. */
export function reportStatement(groupBy: UsageGrouping, where: UsageWhere): Prisma.Sql {
  if (groupBy === "hour") return hourStatement(where);
  if (groupBy === "conversation") {
    const key = Prisma.sql`coalesce(u.conversation_id, '')`;
    return Prisma.sql`SELECT u.key, ${rolledSums}
      FROM (${sumLedger(key, whereLedger(where))}) AS u(key, ${rolledColumns})
      WHERE u.attempts <> 0 GROUP BY 1`;
  }
  return Prisma.sql`SELECT ${Prisma.raw(dayKeys[groupBy])} AS key, ${rolledSums}
    FROM usage_days u WHERE ${whereDays(where)} GROUP BY 1`;
}

// By hour nothing is rolled up that is a person's.
function hourStatement(where: UsageWhere): Prisma.Sql {
  const { userId, groupId, keyId } = where;
  const isPersonal = userId !== undefined || groupId !== undefined || keyId !== undefined;
  const ledgerHour = Prisma.sql`date_trunc('hour', u.occurred_at, 'UTC')`;
  const hours = isPersonal
    ? sumLedger(ledgerHour, whereLedger(where))
    : Prisma.sql`SELECT u.hour, ${rolledColumns} FROM usage_hours u WHERE ${whereHours(where)}
        UNION ALL ${sumLedger(ledgerHour, whereLedgerEdges(where))}`;
  return Prisma.sql`
    SELECT to_char(s.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:00:00"Z"') AS key, s.*
    FROM (SELECT u.hour, ${rolledSums} FROM (${hours}) AS u(hour, ${rolledColumns})
      WHERE u.attempts <> 0 GROUP BY 1) AS s`;
}

const rolledColumns = Prisma.sql`currency, error_code, ${sumNames}`;

/** The costs of rows `u` of usage_days. */
export const rolledCosts = Prisma.raw(
  currencies
    .map((it) => `sum(u.cost_micros) FILTER (WHERE u.currency = '${it}')::bigint AS "${it}"`)
    .join(", "),
);

/** The sums of rows `u` of usage_days, as fields of ExactSums. */
export const rolledSums = Prisma.sql`${rolledCosts}, ${Prisma.raw(
  [
    `coalesce(sum(u.attempts) FILTER (WHERE u.error_code <> ''), 0)::bigint AS failed`,
    ...[
      ["calls", "calls"],
      ["attempts", "attempts"],
      ["estimated", "estimated"],
      ["unpriced", "unpriced"],
      ["input_tokens", "inputTokens"],
      ["cached_tokens", "cachedTokens"],
      ["output_tokens", "outputTokens"],
      ["reasoning_tokens", "reasoningTokens"],
      ["timed", "timed"],
      ["first_token_ms", "firstTokenMs"],
      ["writing_ms", "writingMs"],
      ["written_tokens", "writtenTokens"],
    ].map(([column, field]) => `sum(u.${column})::bigint AS "${field}"`),
  ].join(", "),
)}`;

/** Rows of the ledger rolled up by key, currency and error. */
function sumLedger(key: Prisma.Sql, where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT ${key}, coalesce(u.currency, ''), coalesce(u.error_code, ''), ${sumsOf("u")}
    FROM ledger u WHERE ${where} GROUP BY 1, 2, 3`;
}
