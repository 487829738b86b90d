// Writes a migration from prisma/schema.prisma: npm run db:migration -- NAME
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { writeMigrationSql } from "@/lib/server/db/migration-engine";

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9-]+$/.test(name)) {
  console.error("Name the migration in kebab-case: npm run db:migration -- add-budgets");
  process.exit(2);
}
const database = await PGlite.create();
const sql = await writeMigrationSql(new PrismaPGlite(database));
await database.close();
if (sql === null) {
  console.log("The schema has not changed; no migration is needed.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const directory = path.join("prisma/migrations", `${stamp}_${name.replaceAll("-", "_")}`);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, "migration.sql"), sql);
  console.log(`Wrote ${directory}/migration.sql. Read it before you commit it.`);
}
