import "server-only";
import type { Database } from "./client";
import { applyMigrations, listMigrationNames } from "./migration-engine";

/**
 * Brings the database up to date. When nothing is missing this is one query, so that a start is
 * quick; the engine is loaded only when there is something to apply.
 *
 * @returns the names of the migrations applied now.
 */
export async function migrate(database: Database): Promise<string[]> {
  const names = await listMigrationNames();
  const applied = new Set(await findAppliedNames(database));
  if (names.every((name) => applied.has(name))) return [];
  return applyMigrations(database.factory);
}

async function findAppliedNames({ prisma }: Database): Promise<string[]> {
  const [table] = await prisma.$queryRaw<{ name: string | null }[]>`
    SELECT to_regclass('_prisma_migrations')::text AS name`;
  if ((table?.name ?? null) === null) return [];
  const rows = await prisma.$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  return rows.map((row) => row.migration_name);
}
