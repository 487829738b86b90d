import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { textOf } from "../fixtures/conversation";
import { findPostgresPrograms, startPrivatePostgres } from "../fixtures/private-postgres";
import { failWrites, mendWrites } from "./database-faults";
import { expect, fault, faultAlone } from "./fault";
import { answerWords, plain, writeWords } from "./scripts";
import { serverUrl, Stage } from "./stage";
import type { World } from "./world";

// Where there is no PostgreSQL there is nothing to break; CI always has one.
if (serverUrl !== "") {
  faultAlone("D-01", "down at start: alive, not ready, and there once it is", {}, async (world) => {
    const { app } = world;
    const { wire } = world.stage.postgres;
    const talk = world.talk();
    await (await talk.send()).waitForEnd();
    world.expectRestart();
    await app.process.stop();
    await wire.cut();
    app.startWithoutWaiting();
    await expect.poll(() => world.statusOf("/api/health")).toBe(200);
    await sleep(world.random.between(0, 3_000));
    expect(await world.statusOf("/api/ready")).toBe(503);
    expect((await world.stage.member.request("GET", "/api/conversations")).status).toBe(503);
    const page = await fetch(app.url, { redirect: "follow" });
    expect(page.url).toContain("/starting");
    expect(app.process.exit).toBeNull();
    await wire.mend();
    await expect.poll(() => world.statusOf("/api/ready"), { timeout: 20_000 }).toBe(200);
  });

  fault("D-02", "down at send: kept by the sender, and taken exactly once", async (world) => {
    const { wire } = world.stage.postgres;
    const old = world.talk();
    await (await old.send()).waitForEnd();
    const talks = [old, world.talk(), world.talk()];
    for (const talk of talks) talk.play(answerWords(world.random.between(1, 30), 200));
    // Before the question arrives, on its way, and on the answer's way back.
    const turns = talks.map((talk) => ({ talk, messageId: randomUUID() }));
    const posts = turns.map(({ talk, messageId }) =>
      talk.post("Are you there?", { messageId }).catch(() => null),
    );
    await sleep(world.random.between(0, 40));
    await wire.cut();
    const answers = await Promise.all(posts);
    for (const answer of answers) {
      if (answer !== null && !answer.ok) expect(answer.status).toBe(503);
      void answer?.text().catch(() => undefined);
    }
    const other = world.talk();
    const messageId = randomUUID();
    const refused = await other.post("Are you there?", { messageId });
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain("database_unavailable");
    await sleep(world.random.between(0, 1_500));
    await wire.mend();
    await Promise.all(
      [...turns, { talk: other, messageId }].map(async ({ talk, messageId: id }) => {
        for (let time = 0; time < 2; time += 1) {
          const reader = await talk.sendUntilTaken("Are you there?", { messageId: id });
          await reader.waitForEnd();
        }
      }),
    );
  });

  fault(
    "D-03",
    "dropped in the middle: the reader goes on, and all of it is saved",
    async (world) => {
      const { wire } = world.stage.postgres;
      const talks = [world.talk(), world.talk(), world.talk()];
      const words = world.random.between(40, 120);
      for (const talk of talks) talk.play(answerWords(words, 50));
      const readers = await Promise.all(talks.map((talk) => talk.send()));
      await readers[0]?.waitForText(world.random.between(1, 150));
      const isCut = world.random.pick([true, false]);
      if (isCut) await wire.cut();
      else await world.stage.killConnections();
      if (isCut) {
        // Sometimes it is back before the answers end, sometimes after.
        await sleep(world.random.between(200, 4_000));
        await wire.mend();
      }
      for (const reader of readers) {
        await reader.waitForEnd();
        expect(reader.isWhole).toBe(true);
        expect(reader.text).toBe(writeWords(words));
      }
      for (const talk of talks) {
        const answer = await talk.settled(25_000);
        expect(answer.status).toBe("complete");
        expect(textOf(answer)).toBe(writeWords(words));
      }
    },
  );

  fault(
    "D-04",
    "slow by seconds: the turn is late by its few queries, and nothing else",
    async (world) => {
      const { wire } = world.stage.postgres;
      // Slower than the 2 s in which Prisma would have a transaction begun, if nobody told it else.
      const delayMs = world.random.between(2_100, 3_000);
      const talk = world.talk();
      talk.play(answerWords(20, 40));
      await (await talk.send()).waitForEnd();
      await talk.settled();
      // Long enough that the look at the database comes while it goes on.
      talk.play(answerWords(100, 20));
      world.onEnd(() => {
        wire.trouble({});
      });
      wire.trouble({ delayMs }, ["there"]);
      // By then rounds in the background are on their way too.
      await sleep(world.random.between(0, 12_000));
      const startedMs = performance.now();
      const reader = await talk.send("Slowly?");
      await reader.waitForText();
      const firstMs = performance.now() - startedMs;
      const isHeld = await world.stage.countOpenTransactions();
      await reader.waitForEnd();
      // A transaction of six round trips, perhaps on a connection that has to be opened.
      const isClosed = () => isFree(world, talk.id);
      await expect.poll(isClosed, { timeout: 20 * delayMs }).toBe(true);
      wire.trouble({});
      // Who it is, which model, the opening of the turn, and the hold in the budgets; two of them may
      // have to open a connection, since rounds in the background have those that are there.
      expect(firstMs).toBeLessThan(6 * delayMs + 1_500);
      expect(isHeld).toBe(0);
      expect(textOf(await talk.settled())).toBe(writeWords(100));
    },
    150_000,
  );

  fault("D-05", "a deadlock or a serialization failure is tried again", async (world) => {
    const database = world.stage.postgres;
    const code = world.random.pick(["40001", "40P01"]);
    world.onEnd(() => mendWrites(database));
    const talk = world.talk();
    await failWrites(database, { code, times: world.random.between(1, 2) });
    const reader = await talk.send();
    await reader.waitForEnd();
    expect(await talk.settled()).toMatchObject({ status: "complete" });
    await mendWrites(database);
    talk.play(answerWords(40, 100));
    const streaming = await talk.send("And while it streams?");
    await streaming.waitForText();
    await failWrites(database, { code, times: world.random.between(1, 3) });
    await streaming.waitForEnd();
    expect(textOf(await talk.settled())).toBe(writeWords(40));
  });

  fault("D-07", "a pool without a free connection says so, and recovers", async (world) => {
    const talk = world.talk();
    await (await talk.send()).waitForEnd();
    const locker = await world.stage.postgres.connect();
    world.onEnd(() => locker.end());
    await locker.query("BEGIN");
    await locker.query("LOCK TABLE messages, conversations IN ACCESS EXCLUSIVE MODE");
    const startedMs = performance.now();
    const responses = await Promise.all(
      Array.from({ length: 30 }, () => world.stage.member.request("GET", "/api/conversations")),
    );
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    for (const response of responses) {
      expect(response.status).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await response.text()).toContain("database_unavailable");
    }
    expect(await world.statusOf("/api/health")).toBe(200);
    await locker.query("ROLLBACK");
    await expect.poll(() => world.statusOf("/api/ready")).toBe(200);
    expect((await world.stage.member.request("GET", "/api/conversations")).status).toBe(200);
  });

  fault(
    "D-08",
    "full, read-only or crowded: answers go on, and nothing is half saved",
    async (world) => {
      const database = world.stage.postgres;
      const admin = (sql: string) => database.query(`ALTER DATABASE ${database.name} ${sql}`);
      const troubles: [begin: () => Promise<unknown>, end: () => Promise<unknown>][] = [
        [() => failWrites(database, { code: "53100" }), () => mendWrites(database)],
        [
          async () => {
            await admin("SET default_transaction_read_only = on");
            await world.stage.killConnections();
          },
          async () => {
            await admin("RESET default_transaction_read_only");
            await world.stage.killConnections();
          },
        ],
        [
          async () => {
            await admin("CONNECTION LIMIT 0");
            await world.stage.killConnections();
          },
          () => admin("CONNECTION LIMIT -1"),
        ],
      ];
      for (const [begin, end] of troubles) {
        const [live, late] = [world.talk(), world.talk()];
        const words = world.random.between(20, 60);
        live.play(answerWords(words, 40));
        const reader = await live.send();
        await reader.waitForText(world.random.between(1, 60));
        world.onEnd(async () => {
          await end();
        });
        await begin();
        const messageId = randomUUID();
        const refused = await late.post("Is there room?", { messageId });
        expect(refused.ok).toBe(false);
        expect(await refused.text()).toMatch(/database_unavailable/);
        await reader.waitForEnd();
        expect(reader.text).toBe(writeWords(words));
        await end();
        late.play(plain);
        await (await late.sendUntilTaken("Is there room?", { messageId })).waitForEnd();
        expect(textOf(await live.settled())).toBe(writeWords(words));
      }
    },
  );
}

/** Whether nothing is written in a conversation any more; asked without the wire's trouble. */
async function isFree(world: World, conversationId: string): Promise<boolean> {
  const { rows } = await world.stage.postgres.query(
    "SELECT 1 FROM conversations WHERE id = $1 AND live_message_ids = '{}'",
    [conversationId],
  );
  return rows.length === 1;
}

const programs = findPostgresPrograms();
if (programs !== null)
  faultAlone(
    "D-09",
    "killed after it said yes: what it took is still there",
    () => startOnPrivatePostgres(programs),
    async (world) => {
      const talk = world.talk();
      const messages = world.random.between(1, 3);
      for (let count = 0; count < messages; count += 1) await (await talk.send()).waitForEnd();
      await talk.settled();
      talk.play(answerWords(30, 50));
      const reader = await talk.send("The last before the crash.");
      // The server says "taken" only after the commit.
      await world.stage.privatePostgres.kill();
      await sleep(world.random.between(0, 1_000));
      await world.stage.privatePostgres.start();
      await reader.waitForEnd();
      expect(reader.text).toBe(writeWords(30));
    },
  );

/** A stage whose PostgreSQL may be killed. */
async function startOnPrivatePostgres(folder: string): Promise<Stage> {
  const postgres = await startPrivatePostgres(folder);
  return Stage.start({ postgres });
}
