import { randomUUID } from "node:crypto";
import { startPostgresApp, type PostgresApp } from "./fixtures/postgres-app";
import { findFreePort } from "./fixtures/server-process";
import { expect, test as base } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { SetupPage } from "./pages/setup-page";

const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
/** The status of an answer; null while nothing listens. */
const statusOf = (url: string) =>
  fetch(url).then(
    (response) => response.status,
    () => null,
  );

const test = base.extend<{ running: PostgresApp }>({
  running: async ({}, use) => {
    const running = await startPostgresApp(serverUrl);
    await running.app.connect();
    await use(running);
    await running.stop();
  },
});

base(
  "a database that is not there is said so, by API and page, while the server waits",
  async ({ openBrowser, startApp, watch }) => {
    watch.allow(/status of 503/);
    const env = {
      DATABASE_URL: `postgresql://127.0.0.1:${String(await findFreePort())}/parley`,
      NEXTAUTH_SECRET: "a secret of more than thirty-two characters",
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    };
    const app = await startApp({ env, waitsUntilReady: false });
    await expect.poll(() => statusOf(`${app.url}/api/health`)).toBe(200);
    expect(await statusOf(`${app.url}/api/ready`)).toBe(503);
    const setup = new SetupPage(await openBrowser(app, null));
    await setup.page.goto("/");
    await expect(setup.heading(setup.say("common.starting.title"))).toBeVisible();
  },
);

// Where there is no PostgreSQL there is nothing to cut; CI always has one.
if (serverUrl !== "") {
  test("a database that is away at start is said so, and found again without a restart", async ({
    page,
  }) => {
    const { app, wire, stop } = await startPostgresApp(serverUrl, true);
    await expect.poll(() => statusOf(`${app.url}/api/health`)).toBe(200);
    expect(await statusOf(`${app.url}/api/ready`)).toBe(503);
    await page.goto(app.url);
    await expect(page).toHaveURL(/\/starting/);
    await expect(page.getByRole("heading", { name: "Parley is starting" })).toBeVisible();
    await wire.mend();
    await expect(page).toHaveURL(/\/setup/, { timeout: 20_000 });
    expect(await statusOf(`${app.url}/api/ready`)).toBe(200);
    await stop();
  });

  test("a message sent while the database is away is refused, kept, and sent once later", async ({
    running: { app, wire },
  }) => {
    const turn = { conversationId: randomUUID(), messageId: randomUUID() };
    await wire.cut();
    const refused = await app.admin.postTurn("Are you there?", turn);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain("database_unavailable");
    expect(await statusOf(`${app.url}/api/ready`)).toBe(503);
    expect(app.provider.requests()).toHaveLength(0);
    await wire.mend();
    await expect.poll(() => statusOf(`${app.url}/api/ready`)).toBe(200);
    await app.admin.completeTurn("Are you there?", turn);
    await app.admin.completeTurn("Are you there?", turn);
    expect(app.provider.requests()).toHaveLength(1);
    const { messages } = await app.admin.read<{ messages: unknown[] }>(
      `/api/conversations/${turn.conversationId}/messages`,
    );
    expect(messages).toHaveLength(2);
  });

  test("what one types while the database is away stays on screen, and is sent once later", async ({
    openBrowser,
    running: { app, wire },
    watch,
  }) => {
    watch.allow(/status of 503/);
    await app.play("plain");
    const page = await openBrowser(app, app.admin);
    const chat = new ChatPage(page);
    await page.goto("/");
    await chat.ask("Before the outage");
    await wire.cut();
    await chat.send("During the outage");
    await expect(page.getByText(chat.say("chat.unsent.retrying"))).toBeVisible();
    await expect(chat.questions.last()).toContainText("During the outage");
    await wire.mend();
    await expect(chat.lastAnswer).toContainText("You said: During the outage", { timeout: 30_000 });
    await expect(chat.questions).toHaveCount(2);
    expect(app.provider.requests()).toHaveLength(2);
  });

  test("an answer goes on while the database is away, and is saved whole when it is back", async ({
    running: { app, wire },
  }) => {
    const conversationId = randomUUID();
    const model = app.modelId("slow");
    const response = await app.admin.postTurn("Slowly", { conversationId, model });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    // Before the first word the budgets are asked, which takes the database.
    while (!text.includes('"text-delta"')) text += (await reader?.read())?.value ?? "";
    await wire.cut();
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
      text += read.value;
    expect(text).toContain('"status":"complete"');
    const shown = [...text.matchAll(/"delta":("(?:[^"\\]|\\.)*")/g)]
      .map(([, delta]) => JSON.parse(delta ?? '""') as string)
      .join("");
    await wire.mend();
    await expect
      .poll(
        async () => {
          const page = await app.admin.request(
            "GET",
            `/api/conversations/${conversationId}/messages`,
          );
          return page.text();
        },
        { timeout: 25_000 },
      )
      .toContain(JSON.stringify(shown).slice(1, -1));
  });
}
