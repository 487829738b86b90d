import { adminAccount, type App } from "./fixtures/app";
import { expect, test as base } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { SetupPage } from "./pages/setup-page";

/** An instance that nobody has visited yet. */
const test = base.extend<{ freshApp: App; freshPage: SetupPage }>({
  freshApp: [
    async ({ startApp }, use) => {
      await use(await startApp());
    },
    { timeout: 90_000 },
  ],
  freshPage: async ({ freshApp, openBrowser }, use) => {
    await use(new SetupPage(await openBrowser(freshApp, null)));
  },
});

test("from nothing to the first answer, with a reload at each step", async ({
  freshApp,
  freshPage: setup,
}) => {
  const { page } = setup;

  await page.goto("/");
  await expect(setup.welcome).toBeVisible();
  await page.reload();
  await expect(setup.welcome).toBeVisible();
  await setup.makeAccount(adminAccount);

  await expect(setup.choose).toBeVisible();
  await page.reload();
  await expect(setup.choose).toBeVisible();
  await setup.choice(setup.say("setup.choose.compatible")).click();

  await expect(setup.connect).toBeVisible();
  await setup.name.fill("Scripted");
  await setup.baseUrl.fill(freshApp.provider.url);
  await page.reload();
  await expect(setup.name).toHaveValue("Scripted");
  await expect(setup.baseUrl).toHaveValue(freshApp.provider.url);
  await setup.key.fill("sk-wrong");
  await setup.test();
  await expect(page.getByText(setup.say("setup.tests.provider_key_refused"))).toBeVisible();
  await setup.key.fill("sk-test");
  await setup.test();
  await expect(page.getByText(/^It works\./)).toBeVisible();
  await setup.button(setup.say("setup.connect.continue")).click();

  await expect(setup.models).toBeVisible();
  await page.reload();
  await expect(setup.models).toBeVisible();
  // The key is nowhere in the browser's storage, so it is asked for once more.
  await setup.key.fill("sk-test");
  await page.getByLabel(setup.say("setup.models.search")).fill("plain");
  await page.getByRole("checkbox", { name: "plain" }).check();
  await setup.button(setup.say("setup.models.finish")).click();

  const chat = new ChatPage(page);
  await chat.send("Hello from the set-up");
  await expect(chat.lastAnswer).toContainText("You said: Hello from the set-up");
  await page.goto("/setup");
  await expect(chat.composer).toBeVisible();
});

test("the demo model needs no key and says what it is", async ({ freshPage: setup }) => {
  const { page } = setup;
  await page.goto("/");
  await setup.makeAccount(adminAccount);
  await setup.choice(setup.say("setup.choose.demo")).click();
  const chat = new ChatPage(page);
  await chat.send("Good morning");
  await expect(chat.lastAnswer).toContainText(/demo/i);
  await expect(chat.lastAnswer.getByRole("table")).toBeVisible({ timeout: 30_000 });
  await expect(chat.sendButton).toBeVisible({ timeout: 30_000 });
  await chat.send("echo 回声测试");
  await expect(chat.lastAnswer).toContainText("回声测试");
});

test("Back works, and what was typed is still there", async ({ freshApp, freshPage: setup }) => {
  const { page } = setup;
  await page.goto("/");
  await setup.makeAccount(adminAccount);
  await setup.choice(setup.say("setup.choose.compatible")).click();
  await setup.baseUrl.fill(freshApp.provider.url);
  await page.goBack();
  await expect(setup.choose).toBeVisible();
  await page.goForward();
  await expect(setup.baseUrl).toHaveValue(freshApp.provider.url);
});

test("somebody else sees that it is being set up", async ({ freshApp, freshPage: setup }) => {
  await freshApp.admin.register(adminAccount);
  await setup.page.goto("/setup");
  await expect(setup.heading(setup.say("setup.waiting.title"))).toBeVisible();
});

test("a private address that nobody allowed is refused with the reason", async ({
  freshPage: setup,
}) => {
  const { page } = setup;
  await page.goto("/");
  await setup.makeAccount(adminAccount);
  await setup.choice(setup.say("setup.choose.compatible")).click();
  await setup.name.fill("Metadata");
  await setup.baseUrl.fill("http://169.254.169.254/v1");
  await setup.test();
  await expect(page.getByText(/PROVIDER_HOSTS/)).toBeVisible();
});
