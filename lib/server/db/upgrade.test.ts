import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect, it } from "vitest";
import { open, seal } from "../secrets/seal";

const folder = path.join(process.cwd(), "prisma", "migrations");
const migrations = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

async function apply(database: PGlite, names: readonly string[]) {
  for (const name of names)
    await database.exec(readFileSync(path.join(folder, name, "migration.sql"), "utf8"));
}

it("keeps what could be picked, and every key, when aliases and key rows come", async () => {
  const at = migrations.findIndex((name) => name.endsWith("_providers_and_aliases"));
  const database = await PGlite.create();
  await apply(database, migrations.slice(0, at));
  const sealed = seal("sk-old", { purpose: "provider-key", rowId: "deep" });
  await database.exec(`
    INSERT INTO providers (id, name, kind, base_url, encrypted_key, updated_at) VALUES
      ('deep', 'DeepSeek', 'openai-compatible', 'https://api.deepseek.com', '${sealed}', now()),
      ('fake', 'Fake', 'openai-compatible', 'https://api.deepseek.com.evil.example/v1', NULL, now()),
      ('ark', 'Ark', 'openai-compatible', 'https://ark.cn-beijing.volces.com/api/v3', NULL, now());
    INSERT INTO models (id, provider_id, name, label, is_default, updated_at) VALUES
      ('m1', 'deep', 'chat', 'Chat', false, now()), ('m2', 'ark', 'chat', 'Chat', true, now());`);
  await apply(database, migrations.slice(at));
  const rows = async (sql: string) => (await database.query(sql)).rows;
  expect(await rows("SELECT id, kind FROM providers ORDER BY id")).toEqual([
    { id: "ark", kind: "ark" },
    { id: "deep", kind: "deepseek" },
    { id: "fake", kind: "openai-compatible" },
  ]);
  expect(
    await rows(`SELECT a.id, a.name, a.is_default, a.is_own, t.model_id
      FROM aliases a JOIN alias_targets t ON t.alias_id = a.id ORDER BY a.id`),
  ).toEqual([
    { id: "m1", name: "Chat", is_default: false, is_own: true, model_id: "m1" },
    { id: "m2", name: "Chat · Ark 2", is_default: true, is_own: true, model_id: "m2" },
  ]);
  const [key] = (await rows("SELECT id, encrypted_key FROM provider_keys")) as {
    id: string;
    encrypted_key: string;
  }[];
  await database.close();
  // As a key is opened that is stored today: bound to its own row.
  const binding = { purpose: "provider-key", rowId: key?.id ?? "" } as const;
  expect(open(key?.encrypted_key ?? "", binding)).toBe("sk-old");
}, 60_000);
