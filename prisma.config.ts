import { defineConfig } from "prisma/config";

// The CLI would download a schema engine. Nothing here needs it: migrations run on the same
// engine as WebAssembly (lib/server/db/migrate.ts). Any executable satisfies the look-up.
process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
