import path from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const root = import.meta.dirname;

const alias = {
  "@": root,
  // Next answers this import itself; outside of it the package would throw.
  "server-only": path.join(root, "node_modules/server-only/empty.js"),
};

// What lib/server/env.ts reads: nothing of the developer's own, and nothing written to .data.
const env = {
  DATA_DIR: path.join(root, "node_modules/.cache/parley/test-data"),
  DATABASE_URL: "",
  NEXTAUTH_SECRET: "a session secret for tests and nothing else",
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  LOG_LEVEL: "silent",
};

const testDatabaseUrl = process.env["TEST_DATABASE_URL"];
/** The tests against a database: on PGlite always, on PostgreSQL where there is one. */
function integration(name: string, databaseUrl: string): TestProjectInlineConfiguration {
  return {
    resolve: { alias },
    test: {
      name,
      include: ["{lib,app,scripts,e2e}/**/*.db.test.{ts,tsx}"],
      env: { ...env, PARLEY_TEST_DATABASE_URL: databaseUrl },
      globalSetup: "lib/server/db/testing-template.ts",
      testTimeout: 20_000,
      hookTimeout: 60_000,
    },
  };
}

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          env,
          include: ["{lib,app,components,scripts,e2e}/**/*.test.{ts,tsx}", "*.test.ts"],
          exclude: ["**/*.db.test.{ts,tsx}", "**/node_modules/**"],
          // What takes a second takes several where the machine is busy with others.
          testTimeout: 20_000,
        },
      },
      integration("integration-pglite", ""),
      ...(testDatabaseUrl ? [integration("integration-postgres", testDatabaseUrl)] : []),
    ],
  },
});
