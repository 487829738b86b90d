import { randomUUID } from "node:crypto";
import { readMessagesOf, textOf } from "./fixtures/conversation";
import { databaseEnv, makeDatabase, type TestDatabase } from "./fixtures/postgres";
import { countCallsWith } from "./fixtures/received-chat";
import { findFreePort } from "./fixtures/server-process";
import { expect, test as base } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { SetupPage } from "./pages/setup-page";

base(
  "a database that is not there is said, and the server waits for it",
  async ({ openBrowser, startApp, watch }) => {
    watch.allow(/status of 503/);
    const url = `postgresql://127.0.0.1:${String(await findFreePort())}/parley`;
    const app = await startApp({ env: databaseEnv(url), isReady: false });
    expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
    const ready = await fetch(`${app.url}/api/ready`);
    expect(ready.status).toBe(503);
    const turn = await app.admin.postTurn("Hello?");
    expect(turn.status).toBe(503);
    expect(turn.headers.get("retry-after")).not.toBeNull();
    const page = await openBrowser(app, null);
    await page.goto("/");
    const setup = new SetupPage(page);
    await expect(setup.heading(setup.say("common.starting.title"))).toBeVisible();
  },
);

// CI always has a PostgreSQL; without one there is nothing that could be cut.
const serverUrl = process.env["TEST_DATABASE_URL"];

if (serverUrl !== undefined) {
  const test = base.extend<{ database: TestDatabase }>({
    database: async ({ watch }, use) => {
      watch.allow(/status of 503/);
      const database = await makeDatabase(serverUrl);
      await use(database);
      await database.drop();
    },
  });

  test("a start without the database goes on by itself once it is there", async ({
    database,
    openBrowser,
    startApp,
  }) => {
    await database.link.cut();
    const app = await startApp({ env: databaseEnv(database.url), isReady: false });
    const setup = new SetupPage(await openBrowser(app, null));
    await setup.page.goto("/");
    const starting = setup.heading(setup.say("common.starting.title"));
    await expect(starting).toBeVisible();
    await database.link.restore();
    await expect(setup.welcome).toBeVisible({ timeout: 30_000 });
  });

  test("a message sent while the database is away is kept, and sent once when it is back", async ({
    database,
    openBrowser,
    startApp,
  }) => {
    const app = await startApp({ env: databaseEnv(database.url), isConnected: true });
    await app.play("plain");
    const page = await openBrowser(app, app.admin);
    const chat = new ChatPage(page);
    await page.goto("/");
    await chat.ask("Before the outage");
    await database.link.cut();
    await chat.send("During the outage");
    await expect(page.getByText(chat.say("chat.unsent.retrying"))).toBeVisible();
    await expect(page.getByText("During the outage").first()).toBeVisible();
    await database.link.restore();
    await expect(chat.lastAnswer).toContainText("You said: During the outage", { timeout: 30_000 });
    await expect(chat.questions).toHaveCount(2);
    expect(countCallsWith(app.provider.requests().slice(-1), "During the outage")).toBe(1);
    expect(app.provider.requests()).toHaveLength(2);
  });

  test("an answer goes on while the database is away, and is stored when it is back", async ({
    database,
    startApp,
  }) => {
    const app = await startApp({ env: databaseEnv(database.url), isConnected: true });
    await app.play("gate");
    const conversationId = randomUUID();
    const answer = await app.admin.postTurn("Go on.", { conversationId });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    while (!seen.includes("here.")) seen += (await reader?.read())?.value ?? "";
    await database.link.cut();
    app.provider.release();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      seen += part.value;
    }
    expect(seen).toContain("second");
    await database.link.restore();
    await expect(async () => {
      const messages = await readMessagesOf(app.admin, conversationId);
      expect(messages.map(({ status }) => status)).toEqual(["complete", "complete"]);
      expect(textOf(messages[1])).toContain("The second half is here too.");
    }).toPass({ timeout: 30_000 });
  });
}
