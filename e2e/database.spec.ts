import { randomUUID } from "node:crypto";
import { expect, test as base } from "@playwright/test";
import { startPostgresApp, type PostgresApp } from "./fixtures/postgres-app";

const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
const statusOf = async (url: string) => (await fetch(url)).status;

const test = base.extend<{ running: PostgresApp }>({
  running: async ({}, use) => {
    const running = await startPostgresApp(serverUrl);
    await running.app.connect();
    await use(running);
    await running.stop();
  },
});

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

  test("an answer goes on while the database is away, and is saved whole when it is back", async ({
    running: { app, wire },
  }) => {
    const conversationId = randomUUID();
    const model = app.modelId("slow");
    const response = await app.admin.postTurn("Slowly", { conversationId, model });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader?.read())?.value ?? "";
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
