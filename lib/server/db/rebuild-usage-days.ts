import "server-only";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";
import { requireAdmin } from "./require-admin";
import { retryConflict } from "./retry-conflict";
import { sumNames, sumsOf, teamZone } from "./usage-sums";

// A million rows of the ledger take an embedded database some ten seconds.
const longestMs = 10 * 60_000;

/**
 * Changes the time zone of the team and adds up its days anew, in one transaction: what is booked
 * meanwhile waits for it, and reports show the old days until it is through. Admins only.
 */
export async function rebuildUsageDays(
  actor: Actor | SystemActor,
  timeZone: string,
): Promise<void> {
  requireAdmin(actor);
  await retryConflict(() =>
    db().$transaction(
      async (tx) => {
        // Against whoever books, and against another change of the time zone.
        await tx.$executeRaw`LOCK TABLE ledger IN SHARE ROW EXCLUSIVE MODE`;
        await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
        const [before] = await tx.$queryRaw<{ name: string }[]>`SELECT ${teamZone} AS name`;
        const key = "timeZone";
        const write = { key, value: timeZone };
        await tx.setting.upsert({ where: { key }, create: write, update: write });
        if (before?.name === timeZone) return;
        await tx.$executeRaw`DELETE FROM usage_days`;
        await tx.$executeRaw(daysStatement);
      },
      { timeout: longestMs, maxWait: 10_000 },
    ),
  );
}

const daysStatement = Prisma.sql`
  INSERT INTO usage_days (day, user_id, group_ids, key_id, provider_id, model_id, kind, paid_by,
    currency, error_code, ${sumNames})
  SELECT (u.occurred_at AT TIME ZONE zone.name)::date, u.user_id,
    array_to_string(u.group_ids, ','), coalesce(u.key_id, ''), u.provider_id, u.model_id, u.kind,
    u.paid_by, coalesce(u.currency, ''), coalesce(u.error_code, ''), ${sumsOf("u")}
  FROM ledger u, (SELECT ${teamZone} AS name OFFSET 0) AS zone
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;
