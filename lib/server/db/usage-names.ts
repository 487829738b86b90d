import "server-only";
import { z } from "zod";
import type { UsageGrouping } from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";

const rowSchema = z.object({ id: z.string(), label: z.string(), detail: z.string().nullable() });

/**
 * What the keys of rows are called, with what tells two of the same name apart. Models and providers
 * that are gone keep their name; conversations are named to their owner only.
 */
export async function findUsageNames(
  actor: Actor,
  groupBy: UsageGrouping,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const statement = nameStatement(actor, groupBy, keys);
  if (statement === null || keys.length === 0) return new Map();
  const rows = z.array(rowSchema).parse(await db().$queryRaw<unknown[]>(statement));
  const times = Map.groupBy(rows, ({ label }) => label);
  return new Map(
    rows.map(({ id, label, detail }) => {
      const isAmbiguous = (times.get(label)?.length ?? 0) > 1 && detail !== null;
      return [id, isAmbiguous ? `${label} (${detail})` : label];
    }),
  );
}

function nameStatement(
  actor: Actor,
  groupBy: UsageGrouping,
  keys: readonly string[],
): Prisma.Sql | null {
  const ids = Prisma.sql`${[...keys]}::text[]`;
  switch (groupBy) {
    case "model":
      return Prisma.sql`
        SELECT i.id, coalesce(m.label, n.name) AS label, p.name AS detail
        FROM unnest(${ids}) AS i(id)
          LEFT JOIN usage_names n ON n.kind = 'model' AND n.id = i.id
          LEFT JOIN models m ON m.id = i.id
          LEFT JOIN providers p ON p.id = m.provider_id
        WHERE coalesce(m.label, n.name) IS NOT NULL`;
    case "provider":
      return Prisma.sql`
        SELECT i.id, coalesce(p.name, n.name) AS label, NULL::text AS detail
        FROM unnest(${ids}) AS i(id)
          LEFT JOIN usage_names n ON n.kind = 'provider' AND n.id = i.id
          LEFT JOIN providers p ON p.id = i.id
        WHERE coalesce(p.name, n.name) IS NOT NULL`;
    case "user":
      return Prisma.sql`SELECT id, name AS label, email AS detail FROM users WHERE id = ANY(${ids})`;
    case "group":
      return Prisma.sql`
        SELECT id, name AS label, NULL::text AS detail FROM groups WHERE id = ANY(${ids})`;
    case "conversation":
      return Prisma.sql`
        SELECT id, title AS label, NULL::text AS detail FROM conversations
        WHERE id = ANY(${ids}) AND user_id = ${actor.userId} AND deleted_at IS NULL`;
    default:
      return null;
  }
}
