import "server-only";
import path from "node:path";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/generated/prisma/client";
import { AppError } from "@/lib/domain/errors/app-error";
import type { Env } from "../env";
import { singleton } from "../singleton";

export type Database = {
  prisma: PrismaClient;
  factory: SqlMigrationAwareDriverAdapterFactory;
  close: () => Promise<void>;
};

/**
 * A database may be slow by seconds. With Prisma's own limits, 2 s until a transaction has begun and
 * 5 s until it is through, nothing could be saved then, and trying again would fill the pool.
 */
const transactionOptions = { maxWait: 10_000, timeout: 25_000 };

/**
 * Opens the database: PostgreSQL when `DATABASE_URL` is set, else PGlite in `DATA_DIR`.
 * A PostgreSQL that is down is no error here; the first query says so.
 */
export async function openDatabase(env: Pick<Env, "DATABASE_URL" | "dataDir">): Promise<Database> {
  if (env.DATABASE_URL === undefined) return openEmbedded(path.join(env.dataDir, "database"));
  const factory = new PrismaPg({
    connectionString: env.DATABASE_URL,
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 20_000,
    application_name: "parley",
  });
  const prisma = new PrismaClient({ adapter: factory, transactionOptions });
  return { prisma, factory, close: () => prisma.$disconnect() };
}

/**
 * Opens PGlite in a directory, or in memory for `memory://`.
 *
 * @param template the dump of a data directory that a new database starts as.
 */
export async function openEmbedded(location: string, template?: Blob): Promise<Database> {
  const [{ PGlite }, { PrismaPGlite }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("pglite-prisma-adapter"),
  ]);
  const pglite = await PGlite.create(location, template && { loadDataDir: template });
  const factory = new PrismaPGlite(pglite) as SqlMigrationAwareDriverAdapterFactory;
  const prisma = new PrismaClient({ adapter: factory, transactionOptions });
  return {
    prisma,
    factory,
    close: async () => {
      await prisma.$disconnect();
      await pglite.close();
    },
  };
}

type Holder = { current: Database | null };

const holder = () => singleton<Holder>("database", () => ({ current: null }));

/** Sets the database of this process; null closes the door (at shutdown, and between tests). */
export function useDatabase(database: Database | null): void {
  holder().current = database;
}

/** The Prisma client of this process. @throws AppError `starting` before the start is through. */
export function db(): PrismaClient {
  const { current } = holder();
  if (current === null) throw new AppError("starting");
  return current.prisma;
}
