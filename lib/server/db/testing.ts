import "server-only";
import { readFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, inject } from "vitest";
import type { Role } from "@/generated/prisma/enums";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { type Database, db, openDatabase, openEmbedded, useDatabase } from "./client";
import { dropDatabase, runOnServer, withDatabaseName } from "./testing-postgres";

/**
 * Gives the tests of a file a migrated database of their own, emptied before each test: PGlite in
 * memory, or a database on the PostgreSQL of TEST_DATABASE_URL in the project `integration-postgres`.
 */
export function useTestDatabase(): void {
  let close: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const opened = await openTestDatabase();
    close = opened.close;
    useDatabase(opened);
  });

  beforeEach(truncateTables);

  afterAll(async () => {
    useDatabase(null);
    await close?.();
  });
}

/** Opens a migrated, empty database apart from the process's own; `close` throws it away. */
export async function openTestDatabase(): Promise<Database> {
  const template = inject("databaseTemplate");
  if (template.kind === "pglite") {
    return openEmbedded("memory://", new Blob([new Uint8Array(await readFile(template.file))]));
  }
  const name = `parley_test_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(template.serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template.name}`);
  const database = await openDatabase({
    DATABASE_URL: withDatabaseName(template.serverUrl, name),
    dataDir: "",
  });
  return {
    ...database,
    close: async () => {
      await database.close();
      await dropDatabase(template.serverUrl, name);
    },
  };
}

/**
 * Empties every table, and waits for what still writes. To truncate all of them makes two hundred
 * files anew each time; so only those are emptied that hold something, and row by row. The ledger
 * lets no row go, nor all of them, unless its owner takes the guard away for a moment.
 */
export async function truncateTables(): Promise<void> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT quote_ident(tablename) AS name FROM pg_tables
    WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`;
  const names = tables.map(({ name }) => name);
  const emptied = names.map((name) =>
    name === "ledger"
      ? `IF EXISTS (SELECT FROM ledger) THEN
          ALTER TABLE ledger DISABLE TRIGGER ledger_not_emptied;
          TRUNCATE ledger;
          ALTER TABLE ledger ENABLE TRIGGER ledger_not_emptied;
        END IF;`
      : `DELETE FROM ${name};`,
  );
  await db().$executeRawUnsafe(
    `DO $$ BEGIN LOCK TABLE ${names.join(", ")}; ${emptied.join(" ")} END $$`,
  );
}

/** Stores a user and returns the actor that he or she is. */
export async function makeUser(
  options: { role?: Role; email?: string; name?: string; passwordHash?: string } = {},
): Promise<Actor> {
  const id = newId();
  const { role = "member", email = `${id}@example.com`, name = "Somebody" } = options;
  const passwordHash = options.passwordHash ?? null;
  await db().user.create({ data: { id, role, email, name, passwordHash } });
  return { userId: id, role };
}
