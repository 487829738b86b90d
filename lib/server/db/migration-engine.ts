import "server-only";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import { singleton } from "../singleton";

// The same engine as the Prisma CLI's, as WebAssembly: it needs no download and runs on the
// embedded database too. `_prisma_migrations` gets the CLI's checksums, so the CLI can take over.

const migrationsDir = path.resolve("prisma/migrations");
const schemaFile = path.resolve("prisma/schema.prisma");
const filters = { externalTables: [], externalEnums: [] };

// The bindings know one instance only, and its timers outlive a migration: a second instance would
// pull the ground from under the first.
const loadEngineClass = () => singleton("migration-engine", instantiateEngine);

async function instantiateEngine() {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const entry = createRequire(path.resolve("package.json")).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const bytes = await readFile(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  return bindings.SchemaEngine;
}

/** The names of the migrations in prisma/migrations, oldest first. */
export async function listMigrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigrations() {
  const names = await listMigrationNames();
  return {
    baseDir: migrationsDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: await readFile(path.join(migrationsDir, name, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}

/**
 * Applies every migration that the database does not have yet.
 *
 * @returns the names of those applied now, oldest first.
 */
export async function applyMigrations(
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<string[]> {
  const SchemaEngine = await loadEngineClass();
  const engine = await SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters,
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * The SQL that leads from the migrations to prisma/schema.prisma; null when nothing has changed.
 *
 * @param factory an empty throw-away database, with a shadow database of its own.
 */
export async function writeMigrationSql(
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<string | null> {
  const SchemaEngine = await loadEngineClass();
  const engine = await SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    const { stdout, exitCode } = await engine.diff({
      from: { tag: "migrations", ...(await readMigrations()) },
      to: {
        tag: "schemaDatamodel",
        files: [{ path: schemaFile, content: await readFile(schemaFile, "utf8") }],
      },
      script: true,
      exitCode: true,
      filters,
    });
    return exitCode === 2 ? stdout : null;
  } finally {
    engine.free();
  }
}
