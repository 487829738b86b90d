import { randomUUID } from "node:crypto";
import { App } from "./fixtures/app";
import { readMessagesOf, textOf } from "./fixtures/conversation";
import { makeSecrets } from "./fixtures/postgres-app";
import { findRedisServer, startPrivateRedis, type PrivateRedis } from "./fixtures/private-redis";
import { createTestDatabase } from "./fixtures/test-database";
import { expect, test as base } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";

/** Two instances of one build on one PostgreSQL and one Redis, with no balancer to keep them apart. */
type Instances = { here: App; there: App; redis: PrivateRedis };

const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
const redisProgram = findRedisServer();

const test = base.extend<{ instances: Instances }>({
  instances: [
    async ({}, use) => {
      const redis = await startPrivateRedis(redisProgram ?? "");
      const database = await createTestDatabase(serverUrl);
      const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, ...makeSecrets() };
      const here = await App.start({ env });
      await here.connect();
      const { PROVIDER_HOSTS = "" } = here.env;
      const there = await App.start({ env: { ...env, PROVIDER_HOSTS } });
      await use({ here, there, redis });
      await Promise.all([here.stop(), there.stop()]);
      await database.drop();
      await redis.stop();
    },
    { timeout: 90_000 },
  ],
});

// Without a PostgreSQL and a Redis there are no two instances; CI always has both.
if (serverUrl !== "" && redisProgram !== null) {
  test("an answer is sent on one instance, followed on the other through reloads, and stopped there", async ({
    instances: { here, there },
    openBrowser,
  }) => {
    await here.play("pace-20-400");
    const page = await openBrowser(here, here.admin);
    const elsewhere = await openBrowser(there, here.admin);
    const chat = new ChatPage(page);
    const mirror = new ChatPage(elsewhere);
    await page.goto("/");
    await chat.send("Follow me anywhere");
    await expect(chat.lastAnswer).toContainText("word5 ");
    await expect(page).toHaveURL(/\/c\//);
    const path = new URL(page.url()).pathname;
    await elsewhere.goto(path);
    for (let reload = 0; reload < 5; reload += 1) {
      const shown = (await chat.lastAnswer.innerText()).length;
      await elsewhere.reload();
      await expect(mirror.lastAnswer).toContainText("word5 ");
      await expect
        .poll(async () => (await mirror.lastAnswer.innerText()).length, { timeout: 5_000 })
        .toBeGreaterThanOrEqual(shown);
    }
    // In step: what is written there shows here within a moment.
    await expect(mirror.lastAnswer).toContainText("word120 ", { timeout: 20_000 });
    await expect(chat.lastAnswer).toContainText("word120 ", { timeout: 2_000 });
    await mirror.stopButton.click();
    await expect
      .poll(() => here.provider.requests().at(-1)?.isClosedByClient, { timeout: 2_000 })
      .toBe(true);
    for (const view of [chat, mirror]) {
      await expect(view.lastAnswer).toContainText(view.say("chat.message.stopped"));
      await expect(view.questions).toHaveCount(1);
      await expect(view.answers).toHaveCount(1);
    }
    expect(here.provider.requests()).toHaveLength(1);
  });

  const faults: [name: string, begin: (redis: PrivateRedis) => unknown][] = [
    ["is gone", (redis) => redis.kill()],
    [
      "answers nothing",
      ({ wire }) => {
        wire.trouble({ isStalled: true });
      },
    ],
    ["is flushed", (redis) => redis.command("FLUSHALL")],
    ["is full", (redis) => redis.command("CONFIG SET maxmemory 1")],
  ];
  for (const [name, begin] of faults) {
    test(`when Redis ${name} in the middle, answers go on, are followed and stopped on the other instance`, async ({
      instances: { here, there, redis },
    }) => {
      const model = here.modelId("pace-20-400");
      const api = here.admin.at(there.url);
      const conversationId = randomUUID();
      const answer = await here.admin.postTurn("Go on", { conversationId, model });
      const reader = read(answer);
      await expect.poll(() => reader.text).toContain("word10 ");
      const before = read(await api.request("GET", `/api/chat/${conversationId}/stream`));
      await expect.poll(() => before.text).toContain("word10 ");
      await begin(redis);
      const length = reader.text.length;
      await expect.poll(() => reader.text.length, { timeout: 1_000 }).toBeGreaterThan(length);
      await expect.poll(() => before.text.length, { timeout: 4_000 }).toBeGreaterThan(length + 100);
      const after = read(await api.request("GET", `/api/chat/${conversationId}/stream`));
      await expect.poll(() => after.text.length, { timeout: 2_000 }).toBeGreaterThan(length);
      const beganAtMs = performance.now();
      const stopped = await api.request("POST", `/api/chat/${conversationId}/stop`);
      expect(stopped.status).toBe(204);
      expect(performance.now() - beganAtMs).toBeLessThan(3_000);
      for (const each of [reader, before, after]) {
        await expect.poll(() => each.isOver, { timeout: 3_000 }).toBe(true);
        expect(each.end).toContain('"status":"stopped"');
      }
      const stored = textOf((await readMessagesOf(api, conversationId))[1]);
      for (const each of [reader, before, after]) expect(each.text).toBe(stored);
      // And a whole turn, now that Redis is still in trouble.
      const second = randomUUID();
      const startedMs = performance.now();
      await api.completeTurn("Still there?", {
        conversationId: second,
        model: here.modelId("plain"),
      });
      expect(performance.now() - startedMs).toBeLessThan(3_000);
      expect((await readMessagesOf(api, second))[1]?.status).toBe("complete");
      expect(here.process.output).not.toMatch(/unhandled|uncaught/i);
      expect(there.process.output).not.toMatch(/unhandled|uncaught/i);
    });
  }
}

/** Reads a stream in the background. */
function read(response: Response) {
  const state = { text: "", end: "", isOver: false };
  const run = async () => {
    let rest = "";
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(
      new TextDecoderStream(),
    )) {
      rest += chunk;
      const events = rest.split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const delta = /"text-delta".*"delta":("(?:[^"\\]|\\.)*")/.exec(event)?.[1];
        if (delta !== undefined) state.text += JSON.parse(delta) as string;
        if (event.includes('"type":"finish"')) state.end = event;
      }
    }
    state.isOver = true;
  };
  void run().catch(() => undefined);
  return state;
}
