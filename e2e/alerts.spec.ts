import type { Page } from "@playwright/test";
import type { AlertChannel, AlertDeliveries, AlertsPage } from "@/lib/contracts/alerts";
import { ApiClient } from "./fixtures/api-client";
import type { App } from "./fixtures/app";
import { expectAccessible } from "./fixtures/expect-accessible";
import { loadNodeExample } from "./fixtures/readme-example";
import { expect, test as base } from "./fixtures/test";
import { WebhookReceiver } from "./fixtures/webhook-receiver";
import { ChatPage } from "./pages/chat-page";
import { Sidebar } from "./pages/sidebar";
import { words } from "./words";

type Person = { id: string; name: string; api: ApiClient };

const test = base.extend<{
  /** A server that may send to the tests' own receivers, whatever their port. */
  alerting: App;
  receiver: WebhookReceiver;
}>({
  alerting: async ({ startApp }, use) => {
    const env = { SIGNUP: "open", PROVIDER_HOSTS: "127.0.0.1,localhost" };
    await use(await startApp({ isConnected: true, env }));
  },

  receiver: async ({}, use) => {
    const receiver = await WebhookReceiver.start();
    await use(receiver);
    await receiver.close();
  },
});

const say = words("en");
/** What a turn uses that plays `usage-twice`, as its provider reports it. */
const tokensPerTurn = 46;
/** The wait after a first try, and the round that comes next. */
const retryMs = 60_000;

async function addPerson(app: App, name: string): Promise<Person> {
  const api = new ApiClient(app.url);
  const account = { name, email: `${name.toLowerCase()}@example.com`, password: "a long password" };
  await api.register(account);
  await api.signIn(account);
  const { id } = await api.read<{ id: string }>("/api/me");
  return { id, name, api };
}

/** A budget of one person that the fifth turn uses up, and each mark is passed by another turn. */
function addBudget(app: App, { id }: Person): Promise<unknown> {
  return app.admin.send("POST", "/api/admin/budgets", {
    scope: "user",
    subjectId: id,
    name: "Pocket money",
    unit: "tokens",
    period: "month",
    limit: 5 * tokensPerTurn,
    isHard: false,
  });
}

async function addWebhook(app: App, url: string) {
  return app.admin.send<{ channel: AlertChannel; secret: string }>(
    "POST",
    "/api/admin/alerts/channels",
    { name: "Monitoring", locale: "en", config: { kind: "webhook", url } },
  );
}

async function sendTurns(app: App, { api }: Person, count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1)
    await api.completeTurn("Use some tokens", { model: app.modelId("usage-twice") });
}

async function readPercents({ api }: { api: ApiClient }): Promise<(number | string)[]> {
  const { alerts } = await api.read<AlertsPage>("/api/alerts");
  return alerts.map(({ facts }) => (facts.kind === "budget" ? facts.percent : facts.kind));
}

const readLog = (app: App) => app.admin.read<AlertDeliveries>("/api/admin/alerts/deliveries");

function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

test("a budget runs to its end: each mark reaches a webhook once, signed, after a test", async ({
  alerting: app,
  receiver,
  openBrowser,
}) => {
  const page = await openBrowser(app, app.admin);
  await page.goto("/settings/alerts");
  await expect(page.getByText(say("alerts.settings.empty"))).toBeVisible();
  await expect(page.getByText(say("alerts.settings.logEmpty"))).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: say("alerts.settings.add") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(say("alerts.settings.kind")).selectOption("webhook");
  await dialog.getByLabel(say("alerts.settings.name")).fill("Monitoring");
  await dialog.getByLabel(say("alerts.settings.url")).fill(receiver.url);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: say("common.save") }).click();
  await expect(dialog).toContainText(say("alerts.settings.secretText"));
  const secret = await dialog.getByLabel(say("alerts.settings.secret")).inputValue();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: say("common.done") }).click();
  await page
    .getByRole("button", { name: say("alerts.settings.testOf", { name: "Monitoring" }) })
    .click();
  await expect(page.getByText(say("alerts.settings.testDelivered"))).toBeVisible();

  const mia = await addPerson(app, "Mia");
  await addBudget(app, mia);
  await sendTurns(app, mia, 5);
  await expect
    .poll(() => receiver.taken.map(({ message: { facts } }) => facts?.percent ?? "test").sort())
    .toEqual([100, 50, 80, "test"]);
  await sendTurns(app, mia, 1);
  await expect.poll(() => readPercents(mia)).toEqual([100, 80, 50]);

  const isFromParley = await loadNodeExample();
  for (const { headers, body } of receiver.received)
    expect(isFromParley(secret, String(headers["x-parley-signature"]), body)).toBe(true);
  expect(new Set(receiver.taken.map(({ delivery }) => delivery)).size).toBe(4);
  expect(receiver.received.map(({ body }) => body).join()).not.toContain("Use some tokens");
  const { deliveries } = await readLog(app);
  expect(deliveries.map(({ state, tries }) => [state, tries])).toEqual(
    Array(4).fill(["delivered", 1]),
  );

  await page.reload();
  await expect(page.getByText(/Budget Pocket money of Mia has reached 50%/)).toBeVisible();
  await expect(page.getByText(say("alerts.settings.isTest"))).toBeVisible();
  await expectAccessible(page);
});

test("a receiver that is down gets the message when it is back, once", async ({
  alerting: app,
  receiver,
  openBrowser,
}) => {
  test.slow();
  receiver.status = 503;
  await addWebhook(app, receiver.url);
  const mia = await addPerson(app, "Mia");
  await addBudget(app, mia);
  await sendTurns(app, mia, 3);
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  const page = await openBrowser(app, app.admin);
  await page.goto("/settings/alerts");
  await expect(
    page.getByText(say("alerts.settings.failures.bad_status", { status: 503 })),
  ).toBeVisible();

  const failedTries = receiver.received.length;
  receiver.status = 200;
  await expect
    .poll(async () => (await readLog(app)).deliveries.map(({ state }) => state), {
      timeout: retryMs,
    })
    .toEqual(["delivered"]);
  expect(receiver.received.length).toBeGreaterThan(failedTries);
  expect(new Set(receiver.taken.map(({ delivery }) => delivery)).size).toBe(1);
  const { tries } = (await readLog(app)).deliveries[0] ?? {};
  expect(receiver.received).toHaveLength(tries ?? 0);
  // The page looks again by itself while something is on its way.
  await expect(
    page.getByRole("listitem").filter({ hasText: / · delivered · \d tries/ }),
  ).toBeVisible();
});

test("the bell counts what is new, live, and each member's own only", async ({
  alerting: app,
  openBrowser,
}) => {
  const mia = await addPerson(app, "Mia");
  const bob = await addPerson(app, "Bob");
  await addBudget(app, mia);
  await sendTurns(app, mia, 3);
  const bell = (page: Page) => page.getByRole("button", { name: /^Alerts/ });
  const newOnes = (count: number) => say("alerts.bell.openNew", { count });

  const page = await openBrowser(app, mia.api);
  await page.goto("/");
  await expect(bell(page)).toHaveAccessibleName(newOnes(1));
  await sendTurns(app, mia, 1);
  await expect(bell(page)).toHaveAccessibleName(newOnes(2));
  const toast = page.getByRole("status").filter({ hasText: "Pocket money has reached 80%" });
  await expect(toast).toBeVisible();
  await expectAccessible(page);

  await bell(page).click();
  const panel = page.getByRole("dialog", { name: say("alerts.bell.title") });
  await expect(panel.getByRole("listitem")).toHaveText([
    /Your budget Pocket money has reached 80%: 184 of 230 tokens in \w+\./,
    /Your budget Pocket money has reached 50%: 138 of 230 tokens in \w+\./,
  ]);
  await expect(bell(page)).toHaveAccessibleName(say("alerts.bell.open"));
  await expectAccessible(page, "region");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(bell(page)).toBeFocused();
  await page.reload();
  await expect(bell(page)).toHaveAccessibleName(say("alerts.bell.open"));
  await bell(page).click();
  await panel
    .getByRole("link", { name: say("alerts.bell.toUsage") })
    .first()
    .click();
  await expect(page).toHaveURL(/\/settings\/usage$/);

  // Whoever never had one has no bell; an admin sees everybody's, by name.
  const other = await openBrowser(app, bob.api);
  await other.goto("/");
  await expect(new ChatPage(other).composer).toBeVisible();
  expect(await readPercents(bob)).toEqual([]);
  await expect(bell(other)).toHaveCount(0);
  const admin = await openBrowser(app, app.admin);
  await admin.goto("/");
  await bell(admin).click();
  await expect(admin.getByText(/Budget Pocket money of Mia has reached 80%/)).toBeVisible();
  expect((await bob.api.request("GET", "/api/admin/alerts/channels")).status).toBe(403);
});

test("on a phone and in Chinese, the sidebar's button tells of new ones", async ({
  alerting: app,
  openBrowser,
}) => {
  const zh = words("zh-CN");
  const mia = await addPerson(app, "Mia");
  await addBudget(app, mia);
  await sendTurns(app, mia, 4);
  const page = await openBrowser(app, mia.api, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: "zh-CN",
  });
  await page.goto("/");
  const sidebar = new Sidebar(page, "zh-CN");
  const opener = page.getByRole("button", { name: sidebar.say("frame.openSidebar") });
  await expect(opener).toHaveAccessibleDescription(zh("alerts.bell.newAlerts", { count: 2 }));
  await opener.tap();
  await page.getByRole("button", { name: zh("alerts.bell.openNew", { count: 2 }) }).tap();
  const panel = page.getByRole("dialog", { name: zh("alerts.bell.title") });
  await expect(panel).toContainText(
    /你的预算“Pocket money”已达 80%：\d+月已用 184，上限 230 个 token。/,
  );
  expect(await overflowOf(page)).toBe(0);
  await expectAccessible(page);
  await panel
    .getByRole("link", { name: zh("alerts.bell.toUsage") })
    .first()
    .tap();
  await expect(page).toHaveURL(/\/settings\/usage$/);
});

test("a channel is made, tested, changed and deleted, also on a small phone", async ({
  alerting: app,
  receiver,
  openBrowser,
  watch,
}) => {
  watch.allow(/status of 400/);
  receiver.status = 404;
  const page = await openBrowser(app, app.admin, { viewport: { width: 360, height: 740 } });
  await page.goto("/settings/alerts");
  await page.getByRole("button", { name: say("alerts.settings.add") }).click();
  const dialog = page.getByRole("dialog");
  const field = (name: "name" | "url" | "recipients") =>
    dialog.getByLabel(say(`alerts.settings.${name}`), { exact: true });
  const save = dialog.getByRole("button", { name: say("common.save") });

  await expect(dialog).toContainText(say("alerts.settings.mailNeeds"));
  await expect(
    dialog.getByRole("option", { name: say("alerts.settings.kinds.mail") }),
  ).toBeDisabled();
  await save.click();
  await expect(dialog).toContainText(say("alerts.settings.nameMissing"));
  await expect(dialog).toContainText(say("alerts.settings.urlMissing"));
  await dialog.getByLabel(say("alerts.settings.kind")).selectOption("slack");
  await field("name").fill("Team channel");
  await field("url").fill("http://10.0.0.1/hook");
  await save.click();
  await expect(dialog).toContainText(say("alerts.settings.failures.address_refused"));
  await field("url").fill(receiver.url);
  await dialog.getByLabel(say("alerts.settings.alertKinds.provider_failing")).uncheck();
  await save.click();
  await expect(dialog).toBeHidden();

  const row = page.getByRole("listitem").filter({ hasText: "Team channel" }).first();
  await expect(row).toContainText(`Slack · ${new URL(receiver.url).host}`);
  await row
    .getByRole("button", { name: say("alerts.settings.testOf", { name: "Team channel" }) })
    .click();
  await expect(row).toContainText(
    say("alerts.settings.testFailed", {
      reason: say("alerts.settings.failures.refused", { status: 404 }),
    }),
  );
  expect(await overflowOf(page)).toBe(0);
  await expectAccessible(page);

  const chooseInMenu = async (name: string) => {
    await row
      .getByRole("button", { name: say("alerts.settings.moreOf", { name: "Team channel" }) })
      .click();
    await page.getByRole("menuitem", { name }).click();
  };
  await chooseInMenu(say("common.edit"));
  await expect(field("url")).toHaveValue("");
  await field("name").fill("Team channel two");
  await save.click();
  await expect(page.getByRole("heading", { name: "Team channel two" })).toBeVisible();
  expect(JSON.stringify(await app.admin.read("/api/admin/alerts/channels"))).not.toContain("/hook");
  const toggle = page.getByRole("switch", {
    name: say("alerts.settings.isEnabled", { name: "Team channel two" }),
  });
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  await page.getByRole("button", { name: say("common.undo") }).click();
  await expect(toggle).toBeChecked();

  await page
    .getByRole("button", { name: say("alerts.settings.moreOf", { name: "Team channel two" }) })
    .click();
  await page.getByRole("menuitem", { name: say("alerts.settings.delete") }).click();
  const remove = dialog.getByRole("button", { name: say("alerts.settings.delete") });
  await expect(remove).toBeDisabled();
  await dialog
    .getByLabel(say("common.confirmByName", { name: "Team channel two" }))
    .fill("Team channel two");
  await remove.click();
  await expect(page.getByText(say("alerts.settings.empty"))).toBeVisible();
});
