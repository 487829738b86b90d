import type { PriceChange } from "@/lib/contracts/prices";
import type { Dashboard } from "@/lib/contracts/usage-reports";
import { ApiClient } from "./fixtures/api-client";
import type { App } from "./fixtures/app";
import { expectAccessible } from "./fixtures/expect-accessible";
import {
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

const say = words("en");
const priceOf = (currency: "CNY" | "USD", inputMicros: number): PriceChange => ({
  ...{ currency, inputMicros, outputMicros: 4 * inputMicros },
  ...{ cachedInputMicros: null, reasoningMicros: null },
});
const table = (by: "user" | "model" | "error" | "hour") =>
  say("usage.table.scroll", { table: say(`usage.table.captions.${by}`) });

/** Traffic of two people on three models, one of which fails. @returns the member's id. */
async function makeTraffic(app: App): Promise<string> {
  await setPrice(app, "usage-details", priceOf("CNY", 2_000_000));
  await setPrice(app, "plain", priceOf("USD", 1_000_000));
  const mia = { name: "Mia", email: "mia@example.com", password: "a long password" };
  const api = new ApiClient(app.url);
  await api.register(mia);
  await api.signIn(mia);
  for (const model of ["usage-details", "usage-details", "plain"]) {
    await api.completeTurn("How deep is the harbour?", { model: app.modelId(model) });
  }
  await app.admin.completeTurn("Whose ship is that?", { model: app.modelId("plain") });
  await app.admin.completeTurn("This fails", { model: app.modelId("error-401") });
  return (await api.read<{ id: string }>("/api/me")).id;
}

test("an admin sees what the team used, who, on which model, and what failed", async ({
  startApp,
  openBrowser,
}) => {
  test.setTimeout(120_000);
  const app = await startApp({ isConnected: true, env: { SIGNUP: "open" } });
  const page = await openBrowser(app, app.admin);

  await test.step("nothing yet", async () => {
    await page.goto("/settings/dashboard");
    await expect(page.getByRole("heading", { name: say("usage.empty.title") })).toBeVisible();
    await expect(page.getByText(say("usage.providers.none"))).toBeVisible();
    await expectAccessible(page);
  });

  const miaId = await makeTraffic(app);
  const report = await readReport(app.admin, { scope: "all", groupBy: "user" });
  const totals = addUp(report.totals);
  const dashboard = await app.admin.read<Dashboard>("/api/admin/dashboard");

  await test.step("figures are the API's, and the foot is the table's sum", async () => {
    expect(addUp(dashboard.totals)).toEqual(totals);
    // A long page takes other colours bit by bit; loaded anew it has them from the start.
    await page.emulateMedia({ colorScheme: "light" });
    await page.reload();
    const people = page.getByRole("region", { name: table("user") });
    const row = (name: string) => people.getByRole("row", { name: new RegExp(`^${name}`) });
    const mia = report.rows.find(({ key }) => key === miaId);
    await expect(row("Mia")).toContainText(
      sayMicros("CNY", mia === undefined ? -1 : addUp(mia.sums).CNY),
    );
    const foot = row(say("usage.table.total"));
    await expect(foot).toContainText(sayMicros("CNY", totals.CNY));
    await expect(foot).toContainText(sayMicros("USD", totals.USD));
    const figure = (title: string) =>
      page.locator("dl > div").filter({ has: page.locator("dt", { hasText: title }) });
    await expect(figure(say("usage.figures.tokens")).first()).toContainText(
      (totals.inputTokens + totals.outputTokens).toLocaleString("en"),
    );
    await expect(figure(say("usage.figures.errorRate"))).toContainText(
      say("usage.figures.failedOf", {
        failed: String(report.totals.failed),
        attempts: String(report.totals.attempts),
      }),
    );
    await expectAccessible(page);
  });

  await test.step("the file adds up to the same", async () => {
    const csv = await downloadCsv(
      page,
      say("usage.table.exportLabel", { format: "CSV", table: say("usage.table.captions.user") }),
    );
    for (const currency of ["CNY", "USD"] as const) {
      const column = `cost_${currency.toLowerCase()}`;
      const sum = csv.reduce((total, line) => total + readCsvMicros(line[column]), 0);
      expect(sum).toBe(totals[currency]);
    }
  });

  await test.step("a click on a name filters, the address keeps it, and Back undoes it", async () => {
    const people = page.getByRole("region", { name: table("user") });
    await people.getByRole("button", { name: "Mia" }).click();
    await expect(page).toHaveURL(new RegExp(`user=${miaId}`));
    const filter = page.getByRole("group", { name: say("usage.filter.label") });
    const person = filter.getByLabel(say("usage.filter.user"));
    await expect(person).toHaveValue(miaId);
    await page.reload();
    await expect(person).toHaveValue(miaId);
    const by = page.getByRole("group", { name: say("usage.table.by") });
    await by.getByRole("radio", { name: say("usage.table.groupings.model") }).check();
    const own = addUp(
      (await readReport(app.admin, { scope: "all", groupBy: "model", userId: miaId })).totals,
    );
    const models = page.getByRole("region", { name: table("model") });
    await expect(models.getByRole("row").last()).toContainText(sayMicros("USD", own.USD));
    expect(own.USD).toBeLessThan(totals.USD);
    await filter.getByLabel(say("usage.filter.kind")).selectOption("summary");
    await expect(page.getByText(say("usage.empty.filtered"))).toBeVisible();
    await page.goBack();
    await expect(models.getByRole("row").last()).toContainText(sayMicros("USD", own.USD));
    await page.goBack();
    await page.goBack();
    await expect(person).toHaveValue("");
    await expect(people.getByRole("row").last()).toContainText(sayMicros("USD", totals.USD));
  });

  await test.step("errors by class, and the provider that fails", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/settings/dashboard?by=error");
    const errors = page.getByRole("region", { name: table("error") });
    await expect(errors).toContainText(say("usage.errors.provider_key_refused"));
    const providers = page.getByRole("table", { name: say("usage.providers.title") });
    await expect(providers.getByRole("row").nth(1)).toContainText("Scripted");
    await expect(providers).toContainText(say("usage.errors.provider_key_refused"));
  });

  await test.step("the hours of a day", async () => {
    const hours = page.locator("section").filter({
      has: page.getByRole("heading", { name: say("usage.plot.hours"), exact: true }),
    });
    await hours.getByText(say("usage.plot.table"), { exact: true }).click();
    const foot = hours
      .getByRole("region", { name: table("hour") })
      .getByRole("row")
      .last();
    await expect(foot).toContainText(totals.inputTokens.toLocaleString("en"));
  });

  await test.step("the same traffic on another model", async () => {
    const choice = page.getByLabel(say("usage.compare.model"));
    await choice.selectOption({ label: "usage-details" });
    await expect(page.getByText(say("usage.compare.caution"))).toBeVisible();
    const { inputTokens, outputTokens } = totals;
    const compared = (2 * inputTokens + 8 * outputTokens) / 1_000_000;
    await expect(page.getByText(`¥${String(compared)}`, { exact: true })).toBeVisible();
    await choice.selectOption({ label: "markdown" });
    await expect(page.getByText(say("usage.compare.unknown", { model: "markdown" }))).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("costs come to one only at the team's own rate, and that is said", async () => {
    await expect(page.getByText("≈")).toHaveCount(0);
    await app.changeSettings({ cnyPerUsdMicros: 7_000_000 });
    await page.goto("/settings/dashboard");
    const total = (totals.CNY + 7 * totals.USD) / 1_000_000;
    await expect(page.getByText(`≈ ¥${String(total)} in total`).first()).toBeVisible();
    await expect(page.getByText("At your team's own rate of ¥7.00").first()).toBeAttached();
  });

  await test.step("on a phone, in Chinese", async () => {
    const sayChinese = words("zh-CN");
    const phone = await openBrowser(app, app.admin, {
      locale: "zh-CN",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await phone.goto("/settings/dashboard");
    await expect(phone.getByText(sayChinese("usage.figures.errorRate")).first()).toBeVisible();
    await expect(phone.locator("figure svg.recharts-surface").first()).toBeVisible();
    expect(await overflowOf(phone)).toBe(0);
    await expectAccessible(phone);
  });
});

test("for a member there is no dashboard", async ({ memberPage, watch }) => {
  watch.allow(/status of 404/);
  await memberPage.goto("/settings/dashboard");
  await expect(memberPage.getByText(say("common.notFound.title"))).toBeVisible();
});
