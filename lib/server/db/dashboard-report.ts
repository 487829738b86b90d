import "server-only";
import { z } from "zod";
import { priceVersionSchema, type PriceVersion } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import type { DayCosts } from "@/lib/domain/reports/forecast";
import type { ExactSums } from "@/lib/domain/reports/sums";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";
import { priceAt } from "./price-at";
import { requireAdmin } from "./require-admin";
import { whereDays, type UsageWhere } from "./usage-filter";
import { rolledCosts, rolledSums, sumsSchema } from "./usage-report";

/** Sums of a provider's requests that ended alike, in a period or in the one before it. */
export type DashboardSums = {
  isBefore: boolean;
  providerId: string;
  errorCode: string;
  sums: ExactSums;
};

const partSchema = sumsSchema.extend({
  isBefore: z.boolean(),
  providerId: z.string(),
  errorCode: z.string(),
});

/** What the dashboard adds up. Admins only. @param from the first day that is not `before`. */
export async function findDashboardSums(
  actor: Actor,
  where: UsageWhere,
  from: string,
): Promise<DashboardSums[]> {
  requireAdmin(actor);
  const rows = await db().$queryRaw<unknown[]>(dashboardStatement(where, from));
  return z
    .array(partSchema)
    .parse(rows)
    .map(({ isBefore, providerId, errorCode, ...sums }) => ({
      ...{ isBefore, providerId, errorCode, sums },
    }));
}

/** The statement of the dashboard. */
export function dashboardStatement(where: UsageWhere, from: string): Prisma.Sql {
  return Prisma.sql`
    SELECT u.day < ${from}::date AS "isBefore", u.provider_id AS "providerId",
      u.error_code AS "errorCode", ${rolledSums}
    FROM usage_days u WHERE ${whereDays(where)} GROUP BY 1, 2, 3`;
}

const dayCostsSchema = sumsSchema.pick({ CNY: true, USD: true }).extend({ day: z.string() });

/** What each day cost. Admins only. */
export async function findDayCosts(actor: Actor, where: UsageWhere): Promise<DayCosts[]> {
  requireAdmin(actor);
  const rows = await db().$queryRaw<unknown[]>`
    SELECT u.day::text AS day, ${rolledCosts}
    FROM usage_days u WHERE ${whereDays(where)} GROUP BY 1`;
  return z.array(dayCostsSchema).parse(rows);
}

/** What a model costs now; null when that is unknown. Admins only. */
export async function findCurrentPrice(
  actor: Actor,
  modelId: string,
): Promise<PriceVersion | null> {
  requireAdmin(actor);
  const [row] = await db().$queryRaw<{ price: unknown }[]>`
    SELECT ${priceAt(Prisma.sql`${modelId}`, Prisma.sql`now()`)} AS price`;
  return priceVersionSchema.nullable().parse(row?.price ?? null);
}
