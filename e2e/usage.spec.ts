import type { PriceChange } from "@/lib/contracts/prices";
import { expectAccessible } from "./fixtures/expect-accessible";
import {
  addReceipts,
  addUp,
  downloadCsv,
  overflowOf,
  readCsvMicros,
  readReport,
  sayMicros,
  setPrice,
} from "./fixtures/reports";
import { expect, test } from "./fixtures/test";
import { words } from "./words";

const price: PriceChange = {
  ...{ currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_000_000 },
  ...{ cachedInputMicros: 500_000, reasoningMicros: 16_000_000 },
};
const say = words("en");
const table = (by: "model" | "conversation" | "day" | "payer") =>
  say("usage.table.scroll", { table: say(`usage.table.captions.${by}`) });

let undo: (() => Promise<unknown>)[] = [];

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test.afterEach(async () => {
  for (const step of undo) await step();
  undo = [];
});

test("before the first answer, the page says what will be here", async ({ memberPage: page }) => {
  await page.goto("/settings/usage");
  await expect(page.getByRole("heading", { name: say("usage.empty.title") })).toBeVisible();
  await expect(page.getByText(say("usage.empty.own"))).toBeVisible();
  await expect(page.getByText(say("usage.own.noBudgets"))).toBeVisible();
  await expectAccessible(page);
});

test("figures are those of the API, the receipts and the CSV file, and unknown prices are said", async ({
  app,
  member,
  memberPage: page,
}) => {
  undo.push(await setPrice(app, "usage-details", price));
  const model = app.modelId("usage-details");
  const first = await member.api.completeTurn("What does the harbour cost?", { model });
  const second = await member.api.completeTurn("And the ships?", { model });
  const third = await member.api.completeTurn("Of unknown price", { model: app.modelId("plain") });

  const report = await readReport(member.api, { scope: "own", groupBy: "model" });
  const totals = addUp(report.totals);
  expect(totals).toEqual(await addReceipts(member.api, [first, second, third]));
  expect(totals).toMatchObject({ CNY: 2 * 2_680, unpriced: 1 });

  await page.goto("/settings/usage");
  const models = page.getByRole("region", { name: table("model") });
  const row = (name: string) => models.getByRole("row", { name: new RegExp(`^${name}`) });
  await expect(row("usage-details")).toContainText(sayMicros("CNY", totals.CNY));
  await expect(row("plain")).toContainText(
    say("usage.cost.allUnpriced", { count: 1, number: "1" }),
  );
  // Drawn too, over the table.
  const drawn = page.locator("svg.recharts-surface text");
  await expect(drawn.filter({ hasText: /^usage-details$/ })).toBeVisible();
  const foot = row(say("usage.table.total"));
  await expect(foot).toContainText(sayMicros("CNY", totals.CNY));
  await expect(foot).toContainText(totals.inputTokens.toLocaleString("en"));
  await expect(foot).toContainText(say("usage.cost.unpricedShort", { number: "1" }));
  // Today, this month, and what is said of the period.
  await expect(page.locator("dl").getByText("¥0.00536", { exact: true })).toHaveCount(2);
  await expect(page.getByText(say("usage.cost.unpriced", { count: 1, number: "1" }))).toHaveCount(
    3,
  );

  const csv = await downloadCsv(
    page,
    say("usage.table.exportLabel", { format: "CSV", table: say("usage.table.captions.model") }),
  );
  const sum = (column: string) =>
    csv.reduce((total, line) => total + Number(line[column] ?? ""), 0);
  expect(csv.reduce((total, line) => total + readCsvMicros(line["cost_cny"]), 0)).toBe(totals.CNY);
  expect(sum("input_tokens")).toBe(totals.inputTokens);
  expect(sum("output_tokens")).toBe(totals.outputTokens);
  expect(sum("unpriced")).toBe(1);
  await expectAccessible(page);
});

test("conversations lead to where they are, as long as they are there", async ({
  app,
  member,
  memberPage: page,
}) => {
  const model = app.modelId("plain");
  const kept = await member.api.completeTurn("A talk that stays", { model });
  const gone = await member.api.completeTurn("A talk that goes", { model });
  await member.api.send("DELETE", `/api/conversations/${gone}`);
  await page.goto("/settings/usage?by=conversation");
  const talks = page.getByRole("region", { name: table("conversation") });
  await expect(talks).toContainText(say("usage.names.goneConversation"));
  await talks.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/c/${kept}`));
});

test("the period stands in the address, and Back goes through it; keys are enough", async ({
  app,
  member,
  memberPage: page,
}) => {
  await member.api.completeTurn("Hello", { model: app.modelId("plain") });
  await page.goto("/settings/usage");
  const period = page.getByRole("group", { name: say("usage.period.label") });
  const choice = (name: string) => period.getByRole("radio", { name, exact: true });
  await expect(choice(say("usage.period.30d"))).toBeChecked();
  await choice(say("usage.period.30d")).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/\?period=this-month$/);
  await page.keyboard.press("ArrowRight");
  await expect(choice(say("usage.period.last-month"))).toBeChecked();
  await expect(page.getByRole("heading", { name: say("usage.empty.title") })).toBeVisible();
  await page.goBack();
  await expect(choice(say("usage.period.this-month"))).toBeChecked();
  await expect(page.getByRole("region", { name: table("model") })).toContainText("plain");

  await choice(say("usage.period.own")).check();
  await page.getByLabel(say("usage.period.from"), { exact: true }).fill("2026-01-01");
  await page.getByLabel(say("usage.period.to"), { exact: true }).fill("2025-12-01");
  await expect(page.getByRole("alert").filter({ hasText: "400" })).toBeVisible();
  await page.getByLabel(say("usage.period.to"), { exact: true }).fill("2026-01-31");
  await expect(page).toHaveURL(/period=own&from=2026-01-01&to=2026-01-31$/);
  await page.reload();
  await expect(choice(say("usage.period.own"))).toBeChecked();
});

test("a plot has its table, which can be sorted by the keyboard", async ({
  app,
  member,
  memberPage: page,
}) => {
  await member.api.completeTurn("Hello", { model: app.modelId("plain") });
  await page.goto("/settings/usage?period=7d");
  await expect(page.locator("figure svg.recharts-surface").first()).toBeVisible();
  await page.getByText(say("usage.plot.table"), { exact: true }).click();
  const days = page.getByRole("region", { name: table("day") });
  // The head, seven days and the foot.
  await expect(days.getByRole("row")).toHaveCount(9);
  await expectAccessible(page);
  const head = days.getByRole("columnheader", { name: say("usage.table.input") });
  await head.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  const cells = await days.getByRole("row").nth(1).getByRole("cell").allTextContents();
  expect(cells).toContain("0");
});

test("what is left of a budget that covers the reader", async ({
  app,
  member,
  memberPage: page,
}) => {
  const { id: subjectId } = await member.api.read<{ id: string }>("/api/me");
  const { id } = await app.admin.send<{ id: string }>("POST", "/api/admin/budgets", {
    ...{ scope: "user", subjectId, name: "Mia, each day", unit: "tokens", period: "day" },
    limit: 100_000,
  });
  undo.push(() => app.admin.send("DELETE", `/api/admin/budgets/${id}`));
  await member.api.completeTurn("Hello", { model: app.modelId("usage-details") });
  await page.goto("/settings/usage");
  const budget = page.getByRole("listitem").filter({ hasText: "Mia, each day" });
  await expect(budget).toContainText("98,900 tokens left");
  await expect(budget).toContainText("1,100 of 100,000 tokens used");
  await expect(budget).toContainText(/Starts anew .+\d/);
  await expect(
    budget.getByRole("img", {
      name: say("usage.budget.bar", { name: "Mia, each day", percent: "1.1%" }),
    }),
  ).toBeVisible();
  await expectAccessible(page);
});

test("what one's own key pays stands apart, for its owner and on the dashboard", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  undo.push(await setPrice(app, "usage-details", price));
  const model = app.modelId("usage-details");
  const { providers } = await app.admin.read<{ providers: { id: string; name: string }[] }>(
    "/api/admin/providers",
  );
  const providerId = providers.find(({ name }) => name === "Scripted")?.id ?? "";
  const allow = (allowsMemberKeys: boolean) =>
    app.admin.send("PATCH", `/api/admin/providers/${providerId}`, { allowsMemberKeys });
  await member.api.completeTurn("The team pays for this", { model });
  await member.api.completeTurn("And for this", { model });
  undo.push(() => allow(false));
  await allow(true);
  await member.api.send("PUT", `/api/me/provider-keys/${providerId}`, { key: "sk-test" });
  await member.api.completeTurn("This I pay for myself", { model });
  const [team, own] = [sayMicros("CNY", 2 * 2_680), sayMicros("CNY", 2_680)];

  await page.goto("/settings/usage?by=payer");
  const payers = page.getByRole("region", { name: table("payer") });
  const row = (name: string) => payers.getByRole("row", { name: new RegExp(`^${name}`) });
  await expect(row(say("usage.payers.team"))).toContainText(team);
  await expect(row(say("usage.payers.member"))).toContainText(own);
  await expectAccessible(page);

  const { id } = await member.api.read<{ id: string }>("/api/me");
  const dashboard = await openBrowser(app, app.admin);
  await dashboard.goto(`/settings/dashboard?by=model&user=${id}`);
  const models = dashboard.getByRole("region", { name: table("model") });
  const paidBy = dashboard
    .getByRole("group", { name: say("usage.filter.label") })
    .getByLabel(say("usage.filter.payer"));
  const foot = models.getByRole("row").last();
  await expect(foot).toContainText(sayMicros("CNY", 3 * 2_680));
  await paidBy.selectOption("team");
  await expect(foot).toContainText(team);
  await paidBy.selectOption("member");
  await expect(dashboard).toHaveURL(/payer=member/);
  await expect(foot).toContainText(own);
  const csv = await downloadCsv(
    dashboard,
    say("usage.table.exportLabel", { format: "CSV", table: say("usage.table.captions.model") }),
  );
  expect(csv.map((line) => readCsvMicros(line["cost_cny"]))).toEqual([2_680]);
  await dashboard.reload();
  await expect(paidBy).toHaveValue("member");
  await expect(foot).toContainText(own);
  await expectAccessible(dashboard);
});

test("on a phone, in Chinese: nothing is wider than the screen", async ({
  app,
  member,
  openBrowser,
}) => {
  await member.api.completeTurn("一个问题".repeat(20), { model: app.modelId("usage-details") });
  const sayChinese = words("zh-CN");
  const page = await openBrowser(app, member.api, {
    locale: "zh-CN",
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  for (const by of ["model", "conversation", "day"] as const) {
    await page.goto(`/settings/usage?by=${by}`);
    const name = sayChinese("usage.table.scroll", {
      table: sayChinese(`usage.table.captions.${by}`),
    });
    await expect(page.getByRole("region", { name }).last()).toContainText("1,000");
    await expect(page.locator("figure svg.recharts-surface").first()).toBeVisible();
    expect(await overflowOf(page)).toBe(0);
  }
  await expectAccessible(page);
});

test("the plots' library comes to this page, and not to the chat", async ({
  app,
  member,
  memberPage: page,
}) => {
  const model = app.modelId("plain");
  const conversationId = await member.api.completeTurn("Hello", { model });
  const reads: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") reads.push(response.text().catch(() => ""));
  });
  const hasPlots = async () =>
    (await Promise.all(reads)).some((text) => text.includes("recharts-surface"));
  await page.goto(`/c/${conversationId}`);
  await expect(page.getByText("You said: Hello")).toBeVisible();
  expect(reads.length).toBeGreaterThan(0);
  expect(await hasPlots()).toBe(false);
  await page.goto("/settings/usage");
  await expect(page.locator("figure svg.recharts-surface").first()).toBeVisible();
  expect(await hasPlots()).toBe(true);
});
