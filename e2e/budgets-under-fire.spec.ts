import { randomUUID } from "node:crypto";
import { App } from "./fixtures/app";
import { makeSecrets } from "./fixtures/postgres-app";
import { createTestDatabase, type TestDatabase } from "./fixtures/test-database";
import { expect, test as base } from "./fixtures/test";

/** Two instances of one build on one PostgreSQL. */
type Instances = { here: App; there: App; database: TestDatabase };

const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
const words = "How are you?";

const test = base.extend<{ instances: Instances }>({
  instances: [
    async ({}, use) => {
      const database = await createTestDatabase(serverUrl);
      const env = { DATABASE_URL: database.url, ...makeSecrets() };
      const here = await App.start({ env });
      await here.connect();
      const { PROVIDER_HOSTS = "" } = here.env;
      const there = await App.start({ env: { ...env, PROVIDER_HOSTS } });
      await database.query(
        `UPDATE models SET context_window = 8000, max_output_tokens = 1000 WHERE name = 'plain'`,
      );
      await database.query(
        `INSERT INTO prices (id, model_id, currency, input_micros, output_micros, valid_from)
         SELECT id, id, 'CNY', 2000000, 8000000, '2026-01-01' FROM models WHERE name = 'plain'`,
      );
      await use({ here, there, database });
      await Promise.all([here.stop(), there.stop()]);
      await database.drop();
    },
    { timeout: 90_000 },
  ],
});

type Balance = { used: number; held: number };

async function readBalances({ query }: TestDatabase): Promise<Balance[]> {
  const { rows } = await query(
    "SELECT used::float8, held::float8 FROM budget_balances ORDER BY budget_id",
  );
  return rows as Balance[];
}

async function readNumber({ query }: TestDatabase, sql: string): Promise<number> {
  const { rows } = await query(sql);
  return Number(Object.values((rows[0] ?? {}) as Record<string, unknown>)[0] ?? 0);
}

const makeBudget = (app: App, limit: number) =>
  app.admin.send<{ id: string }>("POST", "/api/admin/budgets", {
    ...{ name: "Team", scope: "instance", unit: "CNY", period: "month", limit },
  });

/** Sends a message and reads its answer to the end; again where the server had no connection free. */
async function talk(app: App, url: string): Promise<string> {
  const options = { conversationId: randomUUID(), messageId: randomUUID() };
  for (let left = 6; ; left -= 1) {
    const model = app.modelId("plain");
    const answer = await app.admin.at(url).postTurn(words, { ...options, model });
    const text = await answer.text();
    if (answer.ok || left === 0) return text;
  }
}

// Without a PostgreSQL there are no two instances; CI always has one.
if (serverUrl !== "") {
  test("of 200 turns at two instances, a budget with room for five lets five pass", async ({
    instances: { here, there, database },
  }) => {
    test.setTimeout(180_000);
    await talk(here, here.url);
    const each = await readNumber(
      database,
      "SELECT ceil(max((estimate->>'CNY')::numeric)) FROM holds",
    );
    expect(each).toBeGreaterThan(8_000);
    const before = await readNumber(database, "SELECT sum(cost_micros) FROM ledger");
    const limit = before + 5 * each + 100;
    await makeBudget(here, limit);
    const requests = here.provider.requests().length;
    const gate = Promise.withResolvers<undefined>();
    here.provider.script(words, async (call) => {
      await gate.promise;
      await call.answer.addText("Fine.");
      await call.answer.finish();
    });
    const sent = Array.from({ length: 200 }, (_, at) =>
      talk(here, at % 2 === 0 ? here.url : there.url),
    );
    const countRefused = () =>
      readNumber(database, "SELECT count(*) FROM messages WHERE error_code = 'budget_exceeded'");
    await expect.poll(countRefused, { timeout: 90_000 }).toBe(195);
    await expect.poll(() => here.provider.requests().length - requests).toBe(5);
    const held = await readNumber(
      database,
      "SELECT sum((l->>'amount')::numeric) FROM holds, jsonb_array_elements(lines) l WHERE ended_at IS NULL",
    );
    expect(await readBalances(database)).toEqual([{ used: before, held }]);
    expect(before + held).toBeLessThanOrEqual(limit);
    gate.resolve(undefined);
    const ends = await Promise.all(sent);
    expect(ends.filter((end) => end.includes('"status":"complete"'))).toHaveLength(5);
    expect(ends.filter((end) => end.includes('"errorCode":"budget_exceeded"'))).toHaveLength(195);
    expect(here.provider.requests().length - requests).toBe(5);
    // Every text is kept, and the balance is what the ledger says.
    const kept = `SELECT count(*) FROM messages WHERE role = 'user' AND parts::text LIKE '%${words}%'`;
    expect(await readNumber(database, kept)).toBe(201);
    await expect
      .poll(() => readNumber(database, "SELECT count(*) FROM holds WHERE ended_at IS NULL"))
      .toBe(0);
    const used = await readNumber(database, "SELECT sum(cost_micros) FROM ledger");
    expect(await readBalances(database)).toEqual([{ used, held: 0 }]);
  });

  test("what an instance held that was killed in the middle is free within a minute, and what it used is booked", async ({
    instances: { here, there, database },
  }) => {
    test.setTimeout(150_000);
    await makeBudget(here, 1_000_000_000);
    here.provider.script(words, async (call) => {
      while (!call.isClosed()) {
        await call.answer.addText("word ");
        await call.wait(20);
      }
    });
    const requests = here.provider.requests().length;
    const cut = talk(here, there.url).catch(() => "cut");
    await expect.poll(() => here.provider.requests().length - requests).toBe(1);
    // A checkpoint or two.
    await expect
      .poll(() => readNumber(database, "SELECT coalesce(max(output_tokens), 0) FROM generations"), {
        timeout: 20_000,
      })
      .toBeGreaterThan(10);
    expect((await readBalances(database))[0]?.held).toBeGreaterThan(0);
    await there.process.stop("SIGKILL");
    const killedMs = performance.now();
    expect(await cut).toBe("cut");
    await expect
      .poll(async () => (await readBalances(database))[0]?.held, {
        timeout: 62_000,
        intervals: [1_000],
      })
      .toBe(0);
    expect(performance.now() - killedMs).toBeLessThan(60_000);
    const { rows } = await database.query(
      `SELECT source, is_provisional, error_code, output_tokens > 10 AS has_output,
         cost_micros::float8 AS cost FROM ledger`,
    );
    const cost = await readNumber(database, "SELECT sum(cost_micros) FROM ledger");
    expect(rows).toEqual([
      {
        ...{ source: "estimated", is_provisional: true, error_code: "server_restarted" },
        ...{ has_output: true, cost },
      },
    ]);
    expect(await readBalances(database)).toEqual([{ used: cost, held: 0 }]);
  });
}
