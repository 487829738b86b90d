import { randomUUID } from "node:crypto";
import type { PricedModel } from "@/lib/contracts/prices";
import type { Receipt } from "@/lib/contracts/receipts";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { App } from "./fixtures/app";
import { readMessagesOf } from "./fixtures/conversation";
import { expectAccessible } from "./fixtures/expect-accessible";
import { expect, test } from "./fixtures/test";
import { PriceView } from "./pages/price-view";

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** Connects models of one more provider, which speaks OpenAI's dialect. */
async function connect(app: App, models: string[]): Promise<void> {
  await app.admin.send("POST", "/api/admin/providers", {
    ...{ kind: "openai", name: "OpenAI", key: "sk-test", baseUrl: app.provider.url, models },
  });
}

async function readPrices(app: App): Promise<PricedModel[]> {
  const { models } = await app.admin.read<{ models: PricedModel[] }>("/api/admin/prices/presets");
  return models;
}

async function findPage(app: App, name: string): Promise<string> {
  const model = (await readPrices(app)).find((one) => one.name === name);
  return `/settings/models/${model?.providerId ?? ""}/${model?.modelId ?? ""}`;
}

/** Asks, and returns how to read the receipt of the answer. */
async function ask(app: App, model: string): Promise<() => Promise<Receipt>> {
  const conversationId = await app.admin.completeTurn("What does this cost?", {
    conversationId: randomUUID(),
    model: app.modelId(model),
  });
  const answer = (await readMessagesOf(app.admin, conversationId)).at(-1);
  return () => app.admin.read<Receipt>(`/api/messages/${answer?.id ?? ""}/receipt`);
}

/** The day after tomorrow, which is to come in every time zone. */
function findDayToCome(): string {
  return new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
}

for (const [language, size] of [
  ["en", desktop],
  ["zh-CN", phone],
] as const) {
  test(`a price is set, changed, planned and withdrawn, and receipts of before stay (${language})`, async ({
    startApp,
    openBrowser,
  }) => {
    const app = await startApp({ isConnected: true });
    const page = await openBrowser(app, app.admin, { locale: language, ...size });
    const view = new PriceView(page, language);
    const { say } = view;
    await page.goto(await findPage(app, "plain"));
    await expect(page.getByText(say("prices.unknown"), { exact: true })).toBeVisible();

    await view.field("input").fill("2");
    await view.save();
    await expect(page.getByText(say("prices.problems.half"))).toBeVisible();
    await view.field("output").fill("8");
    await view.field("cached").fill("0.5");
    await view.field("source").fill("https://provider.example/prices");
    await view.save();
    await expect(view.versions).toHaveCount(1);
    await expect(view.versions.first()).toContainText("¥2.00");
    await expect(view.versions.first()).toContainText("¥0.50");
    await expect(
      view.versions.getByRole("link", { name: "https://provider.example/prices" }),
    ).toBeVisible();
    const readReceipt = await ask(app, "plain");
    const before = await readReceipt();
    expect(before.calls[0]?.requests[0]?.price).toMatchObject({ inputMicros: 2_000_000 });

    await view.field("input").fill("4");
    await view.save();
    await expect(view.versions).toHaveCount(2);
    await expect(view.versions.nth(0)).toContainText(say("prices.history.states.current"));
    await expect(view.versions.nth(1)).toContainText(say("prices.history.states.past"));
    expect(await readReceipt()).toEqual(before);
    expect((await (await ask(app, "plain"))()).calls[0]?.requests[0]?.price).toMatchObject({
      inputMicros: 4_000_000,
    });

    await view.from.selectOption("day");
    await view.field("output").fill("16");
    await view.field("day").fill("2026-01-01");
    await view.save();
    await expect(page.getByText(say("prices.problems.day"))).toBeVisible();
    await view.field("day").fill(findDayToCome());
    await view.save();
    await expect(view.versions).toHaveCount(3);
    await expect(view.versions.first()).toContainText(say("prices.history.states.future"));
    await expectAccessible(page);
    await view.versions
      .first()
      .getByRole("button", { name: new RegExp(say("prices.history.withdraw")) })
      .click();
    await expect(view.versions).toHaveCount(2);
    expect((await readPrices(app)).find(({ name }) => name === "plain")).toMatchObject({
      current: { amounts: { inputMicros: 4_000_000, outputMicros: 8_000_000 } },
      next: null,
    });
  });

  test(`a suggested price is nobody's until it is taken over, and a rate lets budgets count it (${language})`, async ({
    startApp,
    openBrowser,
  }) => {
    const app = await startApp({ isConnected: false });
    await app.admin.register({
      name: "Ada",
      email: "ada@example.com",
      password: "a long password",
    });
    await app.admin.signIn({ email: "ada@example.com", password: "a long password" });
    await connect(app, ["gpt-4o", "my-own-model"]);
    await app.admin.send("POST", "/api/admin/budgets", {
      ...{ name: "Team", scope: "instance", unit: "CNY", period: "month", limit: 100_000_000 },
    });
    const page = await openBrowser(app, app.admin, {
      ...{ locale: language, timezoneId: "Asia/Shanghai", ...size },
    });
    const view = new PriceView(page, language);
    const { say } = view;
    await page.goto("/settings/budgets");
    const own = view.row("my-own-model");
    const known = view.row("gpt-4o");
    const refused = say("prices.list.refused", { budgets: "Team" });
    const use = view.button(say("prices.suggestion.useFor", { name: "gpt-4o", currency: "USD" }));
    for (const row of [own, known]) {
      await expect(row).toContainText(say("prices.unknown"));
      await expect(row).toContainText(refused);
    }
    await expect(use).toBeVisible();
    await expect(own.getByRole("link", { name: "OpenAI", exact: true })).toHaveCount(0);
    expect((await readPrices(app)).map(({ current }) => current)).toEqual([null, null]);
    await expectAccessible(page);

    await use.click();
    await expect(known).toContainText("$2.50");
    await expect(use).toHaveCount(0);
    await expect(known).toContainText(say("prices.list.refusedCurrency", { budgets: "Team" }));
    const [taken] = (await readPrices(app)).filter(({ name }) => name === "gpt-4o");
    expect(taken?.current?.source).toMatch(/^https:\/\/developers\.openai\.com\S+ \(\d{4}-/);

    await view.setting("rate").fill("7.1");
    await page.keyboard.press("Enter");
    await expect(known).not.toContainText("Team");
    await expect(own).toContainText(refused);

    await view.button(say("prices.list.setFor", { name: "my-own-model" })).click();
    await view.field("input").fill("1");
    await view.field("output").fill("1");
    await expectAccessible(page);
    await view.save();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(own).toContainText("¥1.00");
    await expect(own).not.toContainText("Team");

    await view.button(say("prices.money.zoneTake", { zone: "Asia/Shanghai" })).click();
    await expect(view.setting("zone")).toHaveValue("Asia/Shanghai");
    await view.setting("zone").fill("Nowhere");
    await page.keyboard.press("Enter");
    await expect(page.getByText(say("prices.money.zoneInvalid"))).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(view.setting("zone")).toHaveValue("Asia/Shanghai");
    await view.setting("totals").selectOption("USD");
    await expect
      .poll(() => app.admin.read<InstanceSettings>("/api/admin/settings"))
      .toMatchObject({
        ...{ timeZone: "Asia/Shanghai", cnyPerUsdMicros: 7_100_000, totalsCurrency: "USD" },
      });
    await page.reload();
    await expect(view.setting("zone")).toHaveValue("Asia/Shanghai");
    await expect(view.setting("rate")).toHaveValue("7.10");
    await expect(view.button(say("prices.money.zoneTake", { zone: "Asia/Shanghai" }))).toHaveCount(
      0,
    );
  });
}
