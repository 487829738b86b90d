import { ApiClient } from "./fixtures/api-client";
import { adminAccount, type App } from "./fixtures/app";
import { expectAccessible } from "./fixtures/expect-accessible";
import { expect, test as base } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { ModelsPage } from "./pages/models-page";
import { words, type Language } from "./words";

type Fixtures = {
  /** An instance with three models, in this order. */
  instance: App;
  settings: ModelsPage;
  /** Somebody who is no admin there. */
  mia: ApiClient;
};

const test = base.extend<Fixtures & { language: Language }>({
  language: ["en", { option: true }],
  instance: [
    async ({ startApp }, use) => {
      const app = await startApp({ env: { SIGNUP: "open" } });
      await app.admin.register(adminAccount);
      await app.admin.signIn(adminAccount);
      const models = ["error-500", "plain", "slow"];
      await app.addProvider({ name: "Scripted", baseUrl: app.provider.url, models });
      await use(app);
    },
    { timeout: 90_000 },
  ],
  settings: async ({ instance, openBrowser, language }, use) => {
    const page = await openBrowser(instance, instance.admin, { locale: language });
    await use(new ModelsPage(page, language));
  },
  mia: async ({ instance }, use) => {
    const account = { name: "Mia", email: "mia@example.com", password: "a long password" };
    const mia = new ApiClient(instance.url);
    await mia.register(account);
    await mia.signIn(account);
    await use(mia);
  },
});

async function optionsOf(who: ApiClient): Promise<string[]> {
  const { models } = await who.read<{ models: { label: string }[] }>("/api/models");
  return models.map(({ label }) => label);
}

test.describe("in Chinese", () => {
  test.use({ language: "zh-CN" });

  test("an alias of two models answers by the second when the first fails", async ({
    instance,
    settings,
    mia,
    openBrowser,
  }) => {
    const { page, say } = settings;
    await settings.open();
    await settings.button(say("aliases.add")).click();
    await settings.save();
    await expect(settings.dialog.getByText(say("aliases.nameMissing"))).toBeVisible();
    await expect(settings.dialog.getByText(say("aliases.targetsMissing"))).toBeVisible();
    await settings.field("name").fill("聪明");
    await settings.field("description").fill("想得久一些，答得好一些");
    await settings.addTarget("plain · Scripted");
    await settings.addTarget("error-500 · Scripted");
    await settings.move("error-500", "up").press("Enter");
    await expect(settings.targets).toHaveText([/error-500/, /plain/]);
    await expectAccessible(page);
    await settings.save();
    await expect(settings.row("聪明")).toContainText(
      say("aliases.first", { name: "error-500" }) + say("aliases.then", { name: "plain" }),
    );
    await expectAccessible(page);

    const memberPage = await openBrowser(instance, mia, { locale: "zh-CN" });
    await memberPage.goto("/");
    const chat = new ChatPage(memberPage, "zh-CN");
    await chat.pickModel("聪明");
    await chat.ask("你好");
    await expect(chat.failure).toHaveCount(0);
    await expect(chat.lastAnswer).toContainText("error-500");
    expect(instance.provider.requests().at(-1)).toMatchObject({ model: "plain" });

    await settings.open();
    await settings
      .row("聪明")
      .getByRole("button", { name: /error-500/ })
      .click();
    await expect(settings.dialog).toContainText(say("aliases.health.codes.provider_failed"));
    await expectAccessible(page);
  });
});

test("the list is put in order by keyboard, and a name is hidden, made default and removed", async ({
  settings,
  mia,
}) => {
  const { page, say } = settings;
  await settings.open();
  await expect(settings.rows).toHaveText([/^error-500/, /^plain/, /^slow/]);
  await settings.move("slow", "up").focus();
  await page.keyboard.press("Enter");
  await expect(settings.rows).toHaveText([/^error-500/, /^slow/, /^plain/]);
  await expect(settings.move("slow", "up")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(settings.rows).toHaveText([/^slow/, /^error-500/, /^plain/]);
  await settings.move("error-500", "down").focus();
  await page.keyboard.press("Enter");
  await expect(settings.rows).toHaveText([/^slow/, /^plain/, /^error-500/]);
  await expect(settings.move("error-500", "down")).toBeFocused();
  const moved = say("aliases.moved", { name: "error-500", place: 3, count: 3 });
  await expect(page.getByText(moved)).toBeVisible();
  // The default comes first where people pick.
  expect(await optionsOf(mia)).toEqual(["error-500", "slow", "plain"]);
  await page.reload();
  await expect(settings.rows).toHaveText([/^slow/, /^plain/, /^error-500/]);

  await settings.choose("plain", say("aliases.makeDefault"));
  await expect(settings.row("plain")).toContainText(say("aliases.default"));
  await expect(page.getByText(say("aliases.default"), { exact: true })).toHaveCount(1);
  await settings.offer("plain").click();
  await expect(settings.row("plain")).toContainText(say("aliases.hidden"));
  await expect(settings.row("slow")).toContainText(say("aliases.default"));
  await expect.poll(() => optionsOf(mia)).toEqual(["slow", "error-500"]);
  await settings.choose("error-500", say("aliases.remove"));
  await settings.dialog.getByRole("button", { name: say("aliases.remove"), exact: true }).click();
  await expect(settings.row("error-500")).toHaveCount(0);
  await expect.poll(() => optionsOf(mia)).toEqual(["slow"]);
});

test("a name that is taken is said beside the field, and nothing typed is lost", async ({
  settings,
  watch,
}) => {
  watch.allow(/status of 409/);
  const { say } = settings;
  await settings.open();
  await settings.choose("slow", say("common.edit"));
  await settings.field("name").fill("plain");
  await settings.field("description").fill("Kept");
  await settings.save();
  await expect(settings.dialog.getByText(say("aliases.nameTaken"))).toBeVisible();
  await expect(settings.field("description")).toHaveValue("Kept");
  await settings.field("name").fill("Patient");
  await settings.save();
  await expect(settings.row("Patient")).toContainText("Kept");
});

test("what could not be changed or removed is said, and stays until it is", async ({
  settings,
  watch,
}) => {
  watch.allow(/status of (?:500|403)/);
  const { page, say } = settings;
  await settings.open();
  const refuse = (status: number, code: string) =>
    page.route(
      "**/api/admin/aliases/*",
      (route) => route.fulfill({ status, json: { error: { code, message: "refused" } } }),
      { times: 1 },
    );

  await refuse(500, "internal");
  await settings.offer("slow").click();
  await expect(page.getByText(say("errors.internal"))).toBeVisible();
  await expect(settings.offer("slow")).toBeChecked();

  await refuse(403, "forbidden");
  await settings.choose("slow", say("aliases.remove"));
  const confirm = settings.dialog.getByRole("button", { name: say("aliases.remove"), exact: true });
  await confirm.click();
  await expect(page.getByText(say("errors.forbidden"))).toBeVisible();
  await confirm.click();
  await expect(settings.dialog).toHaveCount(0);
  await expect(settings.row("slow")).toHaveCount(0);
});

test("models are found at their provider, searched, typed in and added together", async ({
  settings,
  mia,
}) => {
  const { page, say } = settings;
  await settings.open();
  await settings.button(say("aliases.discover.open")).click();
  const { dialog } = settings;
  const search = dialog.getByLabel(say("aliases.discover.search"));
  await search.fill("mark");
  await dialog.getByRole("checkbox", { name: "markdown" }).check();
  await search.fill("plain");
  await expect(dialog.getByText(say("aliases.discover.known"), { exact: true })).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: "plain", exact: true })).toHaveCount(0);
  await search.fill("my-own-model");
  await search.press("Enter");
  await expect(dialog.getByRole("checkbox", { name: "my-own-model" })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: say("aliases.discover.add"), exact: true }).click();
  await expect(settings.rows).toHaveCount(5);
  await expect.poll(() => optionsOf(mia)).toContain("markdown");
  await expect.poll(() => optionsOf(mia)).toContain("my-own-model");
});

test("a member's own key is used for their questions only, and said when it is refused", async ({
  instance,
  mia,
  openBrowser,
}) => {
  const say = words("en");
  await instance.play("plain");
  const { providers } = await instance.admin.read<{ providers: { id: string }[] }>(
    "/api/admin/providers",
  );
  const providerPath = `/api/admin/providers/${providers[0]?.id ?? ""}`;
  const page = await openBrowser(instance, mia);
  const link = page.getByRole("link", { name: say("settings.pages.own-keys"), exact: true });
  await page.goto("/settings/profile");
  await expect(page.getByRole("link", { name: say("settings.pages.security") })).toBeVisible();
  await expect(link).toHaveCount(0);

  await instance.admin.send("PATCH", providerPath, { allowsMemberKeys: true });
  await page.reload();
  await link.click();
  await expect(page.getByText(say("aliases.ownKeys.shared"))).toBeVisible();
  await expectAccessible(page);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const enter = async (key: string) => {
    await page.getByLabel(say("aliases.ownKeys.key"), { exact: true }).fill(key);
    await button(say("common.save")).click();
  };
  await button(say("aliases.ownKeys.addFor", { name: "Scripted" })).click();
  await expectAccessible(page);
  await enter("sk-canary-own");
  await expect(button(say("aliases.ownKeys.replaceFor", { name: "Scripted" }))).toBeVisible();
  expect(await page.content()).not.toContain("canary");

  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("With a wrong key");
  await expect(chat.failure).toContainText(say("errors.own_key_refused").split(".")[0] ?? "");
  await page.goto("/settings/own-keys");
  await expect(page.getByText(/refused your key/)).toBeVisible();
  await expectAccessible(page);

  await button(say("aliases.ownKeys.replaceFor", { name: "Scripted" })).click();
  await enter("sk-test");
  await expect(page.getByText(/refused your key/)).toHaveCount(0);
  await page.goto("/");
  await chat.ask("With the right key");
  await expect(chat.failure).toHaveCount(0);

  await page.goto("/settings/own-keys");
  await button(say("aliases.ownKeys.removeFor", { name: "Scripted" })).click();
  await button(say("aliases.ownKeys.remove")).last().click();
  await expect(page.getByText(say("aliases.ownKeys.shared"))).toBeVisible();
});
