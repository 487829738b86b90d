import { randomUUID } from "node:crypto";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";

export type RunSql = (sql: string, params?: unknown[]) => Promise<Record<string, unknown>[]>;

/** The database of one run of the bench; nothing of it is left afterwards. */
export type BenchDatabase = {
  name: "embedded" | "PostgreSQL";
  /** What the server needs in its environment to use it. */
  url: string;
  /** Talks to it directly; the embedded one only while no server holds it. */
  use: <Value>(work: (run: RunSql) => Promise<Value>) => Promise<Value>;
  drop: () => Promise<void>;
};

/** A database of its own on the server of TEST_DATABASE_URL, else the embedded one. */
export async function openBenchDatabase(
  dataDir: string,
  serverUrl = process.env["TEST_DATABASE_URL"],
): Promise<BenchDatabase> {
  if (!serverUrl) return embedded(path.join(dataDir, "database"));
  const name = `parley_bench_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await usePostgres(serverUrl, (run) => run(`CREATE DATABASE ${name}`));
  return {
    name: "PostgreSQL",
    url: url.href,
    use: (work) => usePostgres(url.href, work),
    drop: async () => {
      await usePostgres(serverUrl, (run) => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

function embedded(location: string): BenchDatabase {
  return {
    name: "embedded",
    url: "",
    use: async (work) => {
      const pglite = await PGlite.create(location);
      try {
        return await work(async (sql, params) => {
          const { rows } = await pglite.query<Record<string, unknown>>(sql, params);
          return rows;
        });
      } finally {
        await pglite.close();
      }
    },
    // It goes with the data directory.
    drop: () => Promise.resolve(),
  };
}

async function usePostgres<Value>(
  connectionString: string,
  work: (run: RunSql) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(async (sql, params) => {
      const { rows } = await client.query<Record<string, unknown>>(sql, params);
      return rows;
    });
  } finally {
    await client.end();
  }
}
