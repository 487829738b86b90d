import type { Page } from "@playwright/test";
import type { Model, Provider } from "@/lib/contracts/providers";
import { adminAccount, type App } from "./fixtures/app";
import { expectAccessible } from "./fixtures/expect-accessible";
import { expect, test as base } from "./fixtures/test";
import { ProviderPage } from "./pages/provider-page";
import { SetupPage } from "./pages/setup-page";

type Fixtures = {
  /** An instance with an admin and no provider. */
  instance: App;
  adminPage: Page;
};

const test = base.extend<Fixtures>({
  instance: [
    async ({ startApp }, use) => {
      const app = await startApp();
      await app.admin.register(adminAccount);
      await app.admin.signIn(adminAccount);
      await use(app);
    },
    { timeout: 90_000 },
  ],
  adminPage: async ({ instance, openBrowser }, use) => {
    await use(await openBrowser(instance, instance.admin));
  },
});

async function catalogue(app: App): Promise<{ providers: Provider[]; models: Model[] }> {
  const { providers } = await app.admin.read<{ providers: Provider[] }>("/api/admin/providers");
  const { models } = await app.admin.read<{ models: Model[] }>("/api/admin/models");
  return { providers, models };
}

/** Connects the scripted provider with one model; returns the ids of both. */
async function connect(app: App, model = "plain"): Promise<[string, string]> {
  const { url } = app.provider;
  await app.addProvider({ name: "Scripted", baseUrl: url, models: [model] });
  const { providers } = await catalogue(app);
  return [providers[0]?.id ?? "", app.modelId(model)];
}

test("a preset asks for the key alone; name and address can be changed", async ({
  instance,
  openBrowser,
}) => {
  const page = await openBrowser(instance, instance.admin, { locale: "zh-CN" });
  const setup = new SetupPage(page, "zh-CN");
  const { say } = setup;
  await page.goto("/settings/models/new");
  await setup.button("DeepSeek").click();
  await expect(setup.heading(say("providers.presets.title", { name: "DeepSeek" }))).toBeVisible();
  await expect(setup.baseUrl).toBeHidden();
  const where = page.getByRole("link", { name: "platform.deepseek.com" });
  await expect(where).toHaveAttribute("rel", /noopener/);
  await expect(where).toHaveAttribute("target", "_blank");
  await expectAccessible(page);

  await setup.test();
  await expect(page.getByText(say("setup.connect.keyMissing"))).toBeVisible();
  await setup.key.fill("sk-test");
  await page.getByText(say("providers.presets.change")).click();
  await setup.baseUrl.fill(instance.provider.dialectUrl("deepseek"));
  await setup.test();
  await setup.button(say("setup.connect.continue")).click();
  await page.getByRole("checkbox", { name: "deepseek-chat" }).check();
  await setup.button(say("setup.models.addProvider")).click();
  await expect(page.getByRole("heading", { name: "DeepSeek", level: 2 })).toBeVisible();
  expect((await catalogue(instance)).providers).toMatchObject([{ kind: "deepseek" }]);
});

test("Azure is connected by endpoint, version and deployment, and its test is a note", async ({
  instance,
  adminPage: page,
}) => {
  const setup = new SetupPage(page);
  const { say } = setup;
  await page.goto("/settings/models/new");
  await setup.button("Azure OpenAI").click();
  await setup.key.fill("sk-test");
  await setup.test();
  await expect(page.getByText(say("providers.presets.endpointInvalid"))).toBeVisible();
  await page
    .getByLabel(say("providers.presets.endpoint"), { exact: true })
    .fill(instance.provider.dialectUrl("azure"));
  const version = page.getByLabel(say("providers.presets.apiVersion"), { exact: true });
  await version.fill("latest");
  await setup.test();
  await expect(page.getByText(say("providers.presets.apiVersionInvalid"))).toBeVisible();
  await version.fill("2024-10-21");
  // Nothing that was typed is lost on the way.
  await expect(setup.key).toHaveValue("sk-test");
  await setup.test();
  await setup.button(say("setup.connect.continue")).click();

  await expect(setup.heading(say("providers.presets.deployments"))).toBeVisible();
  await page.getByLabel(say("setup.models.search")).fill("gpt-deployment");
  await page.keyboard.press("Enter");
  await setup.button(say("setup.models.addProvider")).click();
  await expect(page.getByRole("heading", { name: "Azure OpenAI", level: 2 })).toBeVisible();

  const view = new ProviderPage(page);
  await view.button(say("providers.test.action")).click();
  await view.dialog.getByRole("button", { name: say("providers.test.start") }).click();
  await expect(view.dialog.getByText(/^Healthy/)).toBeVisible({ timeout: 60_000 });
  await expect(view.dialog.getByText(say("providers.test.steps.models.no"))).toBeVisible();
  await expect(view.dialog.getByText(say("providers.test.steps.vision.ok"))).toBeVisible();
  await expectAccessible(page);

  // The note is kept, and the card says what it is made from.
  const [azure] = (await catalogue(instance)).models;
  await view.open(azure?.providerId ?? "", azure?.id);
  await expect(page.getByText(/^Healthy/)).toBeVisible();
  await expect(view.fact(say("providers.model.capabilities.vision"))).toHaveValue("auto");
  await expect(page.getByText("Auto: yes").first()).toBeAttached();
});

test("a key that the provider refuses is set aside, said, and put back by hand", async ({
  instance,
  adminPage,
}) => {
  const view = new ProviderPage(adminPage);
  const { say } = view;
  const [providerId] = await connect(instance);
  await view.open(providerId);
  await expect(view.key("Key 1")).toContainText(say("providers.keys.inUse"));
  await view.addKey("sk-refused-canary", "Second account");
  await expect(view.key("Second account")).toContainText(say("providers.keys.inUse"));

  // Used in turn, so two turns meet both keys; both are answered.
  for (const text of ["One", "Two"]) await instance.admin.completeTurn(text);
  await adminPage.reload();
  const second = view.key("Second account");
  await expect(second).toContainText(say("providers.keys.reasons.refused"));
  await expect(view.key("Key 1")).toContainText(say("providers.keys.inUse"));
  await expectAccessible(adminPage);
  expect(await adminPage.content()).not.toContain("canary");

  await second.getByRole("button", { name: say("providers.keys.putBack") }).click();
  await expect(second).toContainText(say("providers.keys.inUse"));
  await second.getByRole("button", { name: /^More about/ }).click();
  await adminPage.getByRole("menuitem", { name: say("providers.keys.remove") }).click();
  await view.dialog.getByRole("button", { name: say("providers.keys.remove") }).click();
  await expect(view.key("Second account")).toBeHidden();
});

test("what is set by hand survives a test, and goes back to automatic", async ({
  instance,
  adminPage: page,
}) => {
  const view = new ProviderPage(page);
  const { say } = view;
  const [providerId, modelId] = await connect(instance);
  await view.open(providerId, modelId);
  const name = say("providers.model.capabilities.vision");
  await view.fact(name).selectOption("yes");
  const unfix = view.button(say("providers.model.unfixLabel", { name }));
  await expect(unfix).toBeVisible();
  await view.button(say("providers.test.start")).click();
  await expect(page.getByText(/^Healthy/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(say("providers.test.steps.vision.no"))).toBeVisible();
  await page.reload();
  await expect(view.fact(name)).toHaveValue("yes");

  await unfix.click();
  await expect(view.fact(name)).toHaveValue("auto");
  await expect(view.fact(name).locator("option:checked")).toHaveText("Auto: no");

  await view.fact(say("prices.currency")).selectOption("USD");
  await view.field(say("prices.input")).fill("0.27");
  await view.button(say("prices.save")).click();
  await expect(page.getByText(say("prices.problems.half"))).toBeVisible();
  await view.field(say("prices.output")).fill("1.1");
  await view.button(say("prices.save")).click();
  await expect(page.getByText("Input $0.27 · Output $1.10").first()).toBeVisible();
  await view.field(say("providers.model.window")).fill("64k");
  await page.keyboard.press("Enter");
  await expect(page.getByText(say("providers.model.numberInvalid"))).toBeVisible();
  await view.field(say("providers.model.window")).fill("64,000");
  await page.keyboard.press("Enter");
  await expect(view.field(say("providers.model.window"))).toHaveValue("64000");
  await expectAccessible(page);
});

test("limits of one provider are its own, and empty means the instance's", async ({
  instance,
  adminPage: page,
}) => {
  const view = new ProviderPage(page);
  const { say } = view;
  const [providerId] = await connect(instance);
  await view.open(providerId);
  await view.button(say("providers.limits.open")).click();
  const tries = view.field(say("providers.limits.attempts.label"));
  await expect(tries).toHaveAttribute("placeholder", "3");
  await tries.fill("9");
  await page.keyboard.press("Enter");
  await expect(
    page.getByText(say("settings.instanceSettings.numberInvalid", { min: 1, max: 3 })),
  ).toBeVisible();
  await tries.fill("1");
  await page.keyboard.press("Enter");
  await expect(page.getByText(say("common.saved"))).toBeVisible();
  await page.reload();
  await expect(tries).toHaveValue("1");
  expect((await catalogue(instance)).providers[0]?.callSettings).toEqual({ attempts: 1 });
  await tries.fill("");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await catalogue(instance)).providers[0]?.callSettings).toEqual({});
});

test("a provider that moves to another server asks for the key again", async ({
  instance,
  adminPage: page,
  watch,
}) => {
  watch.allow(/status of 400/);
  const view = new ProviderPage(page);
  const { say } = view;
  const [providerId] = await connect(instance);
  await view.open(providerId);
  await view.button(say("providers.page.connectionEditLabel")).click();
  const address = view.dialog.getByLabel(say("setup.connect.baseUrl"), { exact: true });
  const save = view.dialog.getByRole("button", { name: say("common.save"), exact: true });
  await expect(view.dialog.getByLabel(say("setup.connect.key"), { exact: true })).toBeHidden();
  await address.fill("https://10.0.0.1/v1");
  await expect(page.getByText(say("settings.models.keyNewOrigin"))).toBeVisible();
  await save.click();
  await expect(page.getByText(say("setup.connect.keyMissing"))).toBeVisible();
  await view.dialog.getByLabel(say("setup.connect.key"), { exact: true }).fill("sk-other");
  await save.click();
  await expect(page.getByText(say("setup.tests.addressReasons.private"))).toBeVisible();
  await expect(address).toHaveValue("https://10.0.0.1/v1");
  await expectAccessible(page);
  await address.fill(instance.provider.url.replace("127.0.0.1", "localhost"));
  await save.click();
  await expect(view.dialog).toBeHidden();
  await expect(page.getByText(/localhost:\d+\/v1/)).toBeVisible();
});

test("a fault is named with what to do about it", async ({ instance, adminPage: page }) => {
  const view = new ProviderPage(page);
  const { say } = view;
  const [providerId] = await connect(instance);
  await instance.removeProvider();
  await view.open(providerId);
  await view.button(say("providers.test.start")).click();
  await expect(page.getByText(/^Not working\. One thing/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(say("setup.tests.provider_unreachable"))).toBeVisible();
  await expectAccessible(page);
  await instance.returnProvider();
});

test("a second test at the same time is told to wait for the first", async ({
  instance,
  adminPage: page,
  watch,
}) => {
  watch.allow(/status of 409/);
  const view = new ProviderPage(page);
  const { say } = view;
  const [providerId, modelId] = await connect(instance, "stall-headers");
  await view.open(providerId, modelId);
  const first = new AbortController();
  const running = instance.admin
    .fetch(`/api/admin/providers/${providerId}/test`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ modelId }),
      signal: first.signal,
    })
    .then((response) => response.text())
    .catch(() => "aborted");
  await expect.poll(() => instance.provider.requests().length).toBeGreaterThan(0);
  await view.button(say("providers.test.start")).click();
  await expect(page.getByText(say("providers.test.busy"))).toBeVisible();
  first.abort();
  expect(await running).toBe("aborted");
});
