import type { Page, Route } from "@playwright/test";
import { readMessagesOf } from "./fixtures/conversation";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { EntryPage } from "./pages/entry-page";

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

const bannerOf = (page: Page, text: string) => page.getByRole("status").getByText(text);

test("without a network one goes on typing, and all goes on by itself when it is back", async ({
  app,
  memberPage: page,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Before");
  const top = () => chat.questions.first().evaluate((row) => row.getBoundingClientRect().top);
  const before = await top();
  await page.context().setOffline(true);
  const banner = bannerOf(page, chat.say("frame.banner.offline"));
  await expect(banner).toBeVisible();
  expect(await top()).toBe(before);
  await chat.send("Sent while offline");
  await expect(chat.composer).toHaveValue("");
  await chat.composer.fill("and another thought");
  await expect(chat.questions.last()).toContainText("Sent while offline");
  await page.context().setOffline(false);
  await expect(banner).toBeHidden();
  await expect(chat.answers).toHaveCount(2);
  await chat.waitUntilAnswered();
  await expect(chat.composer).toHaveValue("and another thought");
  await expect(chat.questions).toHaveText(["Before", "Sent while offline"]);
  expect(app.provider.requests()).toHaveLength(2);
});

test("what another device did meanwhile is there when the network is back", async ({
  member,
  memberPage: page,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Before");
  const conversationId = new URL(page.url()).pathname.replace("/c/", "");
  await page.context().setOffline(true);
  await expect(bannerOf(page, chat.say("frame.banner.offline"))).toBeVisible();
  await member.api.completeTurn("From another device", { conversationId });
  await page.context().setOffline(false);
  await expect(chat.questions).toHaveText(["Before", "From another device"]);
  await expect(chat.answers).toHaveCount(2);
});

test("a message that is stopped before it arrived is in the field again, and arrives once", async ({
  member,
  memberPage: page,
  watch,
}) => {
  // The conversation that is to be stopped is not there yet.
  watch.allow(/status of 404/);
  await page.goto("/");
  const chat = new ChatPage(page);
  let isHeld: (route: Route) => void = () => undefined;
  const held = new Promise<Route>((resolve) => {
    isHeld = resolve;
  });
  await page.route("**/api/chat", (route) => {
    isHeld(route);
  });
  await chat.send("On a slow road");
  const route = await held;
  await chat.stopButton.click();
  await expect(chat.composer).toHaveValue("On a slow road", { timeout: 20_000 });
  await expect(chat.questions).toHaveCount(0);
  // The browser has let go of it already.
  await route.abort().catch(() => undefined);
  await page.unroute("**/api/chat");
  await chat.composer.press("Enter");
  await expect(chat.lastAnswer).toContainText("On a slow road");
  await chat.waitUntilAnswered();
  const messages = await readMessagesOf(member.api, chat.conversationId);
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
});

test("a server that restarts is said, and found again", async ({
  startApp,
  openBrowser,
  watch,
}) => {
  watch.allow(/ERR_|status of 503/);
  const app = await startApp({ isConnected: true });
  await app.play("plain");
  const page = await openBrowser(app, app.admin);
  const listening = page.waitForResponse((response) => response.url().endsWith("/api/events"));
  await page.goto("/");
  await listening;
  const chat = new ChatPage(page);
  await app.process.stop();
  const banner = bannerOf(page, chat.say("frame.banner.unreachable"));
  await expect(banner).toBeVisible();
  await app.start();
  await expect(banner).toBeHidden({ timeout: 20_000 });
  await chat.ask("Are you back");
  await expect(chat.answers).toHaveCount(1);
});

test("a new version asks to reload, and the draft survives it to the last letter", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Old times");
  await page.route("**/api/conversations?**", async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "x-parley-build": "the-next-build" };
    await route.fulfill({ response, headers });
  });
  // The server of the new version answers whatever is asked next.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(bannerOf(page, chat.say("frame.banner.outdated"))).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
  await chat.composer.pressSequentially("to the last letter");
  await chat.button(chat.say("frame.banner.reload")).click();
  await expect(bannerOf(page, chat.say("frame.banner.outdated"))).toBeHidden();
  await expect(chat.questions).toHaveText(["Old times"]);
  await expect(chat.composer).toHaveValue("to the last letter");
});

test("code that can't be loaded any more takes nothing off the page", async ({
  memberPage: page,
  watch,
}) => {
  watch.allow(/404|ChunkLoadError|Failed to load chunk|error occurred/);
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Still here");
  await page.route("**/_next/static/chunks/**", (route) => route.fulfill({ status: 404 }));
  await page.keyboard.press("Control+k");
  await expect(page.getByText(chat.say("frame.partMissing"))).toBeVisible();
  await expect(chat.questions).toHaveText(["Still here"]);
  await chat.ask("And it works");
  await expect(chat.answers).toHaveCount(2);
});

test("a session that ends anywhere is said at the next call, whatever it was for", async ({
  member,
  memberPage: page,
  watch,
}) => {
  watch.allow(/status of 401/);
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("My place");
  await chat.composer.fill("not sent yet");
  await member.api.send("DELETE", "/api/me/sessions");
  const banner = bannerOf(page, chat.say("frame.banner.signedOut"));
  await expect(banner).toBeVisible({ timeout: 5_000 });
  await page.getByRole("link", { name: chat.say("frame.banner.signIn") }).click();
  await new EntryPage(page).signIn(member);
  await expect(chat.questions).toHaveText(["My place"]);
  await expect(chat.composer).toHaveValue("not sent yet");
  await expect(banner).toBeHidden();
});
