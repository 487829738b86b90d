import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import pg from "pg";
import { PrismaPg } from "@prisma/adapter-pg";
import type { TestProject } from "vitest/node";
import { applyMigrations, listMigrationNames } from "./migration-engine";
import { dropDatabase, runOnServer, withDatabaseName } from "./testing-postgres";

// Migrating takes seconds, copying a migrated database a fraction of one. So the template is made
// once per run (vitest's globalSetup), and every test file starts from a copy of it.

export type DatabaseTemplate =
  { kind: "pglite"; file: string } | { kind: "postgres"; serverUrl: string; name: string };

declare module "vitest" {
  export interface ProvidedContext {
    databaseTemplate: DatabaseTemplate;
  }
}

const cacheDir = path.resolve("node_modules/.cache/parley");

/** Makes the template that the tests of a project copy; the returned function removes it. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const serverUrl = project.config.env["PARLEY_TEST_DATABASE_URL"];
  if (!serverUrl) {
    if (process.env["CI"] === "true" && !process.env["TEST_DATABASE_URL"])
      throw new Error("TEST_DATABASE_URL is not set: CI also tests on a real PostgreSQL.");
    project.provide("databaseTemplate", { kind: "pglite", file: await makeDump() });
    return undefined;
  }
  const name = `parley_template_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(serverUrl, `CREATE DATABASE ${name}`);
  // PostgreSQL copies a database only while nobody is connected, and the engine keeps its
  // connection: so the pool is one that can be ended here.
  const pool = new pg.Pool({ connectionString: withDatabaseName(serverUrl, name) });
  await applyMigrations(new PrismaPg(pool));
  await pool.end();
  project.provide("databaseTemplate", { kind: "postgres", serverUrl, name });
  return () => dropDatabase(serverUrl, name);
}

/** The dump of a migrated PGlite, kept between runs for as long as the migrations stay the same. */
async function makeDump(): Promise<string> {
  const file = path.join(cacheDir, `pglite-${await fingerprint()}.tar`);
  if (existsSync(file)) return file;
  await mkdir(cacheDir, { recursive: true });
  const pglite = await PGlite.create();
  await applyMigrations(new PrismaPGlite(pglite));
  const dump = await pglite.dumpDataDir("none");
  await pglite.close();
  // A run beside this one must never read half a file.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, new Uint8Array(await dump.arrayBuffer()));
  await rename(draft, file);
  return file;
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  hash.update(await readFile("node_modules/@electric-sql/pglite/package.json"));
  for (const name of await listMigrationNames()) {
    hash.update(name).update(await readFile(`prisma/migrations/${name}/migration.sql`));
  }
  return hash.digest("hex").slice(0, 16);
}
