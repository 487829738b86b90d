import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { EntryPage } from "./pages/entry-page";
import { Sidebar } from "./pages/sidebar";

/** What one device does shows on another within this time. */
const inStep = { timeout: 2_000 };

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

/** Waits until a page hears of events, from its own connection or another tab's. */
async function openInStep(page: Page, path: string): Promise<void> {
  const isListening = page.waitForResponse((response) => response.url().endsWith("/api/events"));
  await page.goto(path);
  await isListening;
}

test("another device lists a new conversation, its title, and that an answer is written in it", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  await app.play("gate");
  const elsewhere = await openBrowser(app, member.api);
  await openInStep(elsewhere, "/");
  const list = new Sidebar(elsewhere);
  await page.goto("/");
  await new ChatPage(page).send("Where shall we go");
  const row = list.conversation("Where shall we go");
  await expect(row).toBeVisible(inStep);
  await expect(row).toHaveAccessibleDescription(list.say("frame.answering"));
  app.provider.release();
  await expect(row).not.toHaveAccessibleDescription(list.say("frame.answering"), inStep);
  await new Sidebar(page).rename("Where shall we go", "去哪里");
  await expect(list.conversation("去哪里")).toBeVisible(inStep);
  await new Sidebar(page).delete("去哪里");
  await expect(list.conversation("去哪里")).toBeHidden(inStep);
  await new Sidebar(page).undo.click();
  await expect(list.conversation("去哪里")).toBeVisible(inStep);
});

test("a message sent on one device appears, and is answered, on every other", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("The first");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  app.provider.release();
  await chat.waitUntilAnswered();
  const tab = await page.context().newPage();
  const phone = await openBrowser(app, member.api, { viewport: { width: 390, height: 844 } });
  await tab.goto(page.url());
  await openInStep(phone, page.url());
  const mirrors = [new ChatPage(tab), new ChatPage(phone)];
  await chat.send("The second");
  for (const mirror of mirrors) {
    await expect(mirror.questions.last()).toHaveText("The second", inStep);
    await expect(mirror.lastAnswer).toContainText("The first half is here.");
    await expect(mirror.stopButton).toBeVisible();
  }
  app.provider.release();
  for (const mirror of [chat, ...mirrors]) {
    await expect(mirror.lastAnswer).toContainText("The second half is here too.");
    await mirror.waitUntilAnswered();
    await expect(mirror.questions).toHaveCount(2);
    await expect(mirror.answers).toHaveCount(2);
  }
  expect(app.provider.requests()).toHaveLength(2);
});

test("however many tabs, one of them has the connection, and the next one takes it over", async ({
  memberPage: page,
}) => {
  const context = page.context();
  let connections = 0;
  context.on("request", (request) => {
    if (request.url().endsWith("/api/events")) connections += 1;
  });
  await openInStep(page, "/");
  // A browser opens six connections to a host: with one for each tab, the seventh would hang.
  const tabs: Page[] = [];
  for (let index = 0; index < 8; index += 1) {
    const tab = await context.newPage();
    await tab.goto("/");
    tabs.push(tab);
  }
  expect(connections).toBe(1);
  const [first, second] = tabs;
  if (first === undefined || second === undefined) throw new Error("no tabs");
  await new ChatPage(first).ask("From one of many");
  for (const tab of tabs)
    await expect(new Sidebar(tab).conversation("From one of many")).toBeVisible(inStep);
  await page.close();
  await expect.poll(() => connections).toBe(2);
  await new Sidebar(first).rename("From one of many", "Still in step");
  await expect(new Sidebar(second).conversation("Still in step")).toBeVisible(inStep);
});

test("a conversation that is deleted elsewhere stays readable, and can be brought back", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Keep me in sight");
  await chat.composer.fill("half a thought");
  const elsewhere = await openBrowser(app, member.api);
  await elsewhere.goto("/");
  await new Sidebar(elsewhere).delete("Keep me in sight");
  await expect(page.getByText(chat.say("frame.deletedElsewhere"))).toBeVisible(inStep);
  await expect(chat.questions).toHaveText(["Keep me in sight"]);
  await expect(chat.composer).toHaveValue("half a thought");
  await chat.button(chat.say("frame.bringBack")).click();
  for (const tab of [page, elsewhere])
    await expect(new Sidebar(tab).conversation("Keep me in sight")).toBeVisible(inStep);
  await chat.ask("Once more");
  await expect(chat.answers).toHaveCount(2);
});

test("whoever goes to Undo with the keyboard is not taken away from it", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Delete the open one");
  const sidebar = new Sidebar(page);
  await sidebar.delete("Delete the open one");
  await expect(sidebar.undo).toBeVisible();
  await page.keyboard.press("F8");
  await expect(sidebar.undo).toBeFocused();
  await expect(page).toHaveURL("/");
  await expect(chat.questions).toHaveCount(0);
  await expect(sidebar.undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chat.questions).toHaveText(["Delete the open one"]);
});

test("a page of one account takes nothing of another that signs in beside it", async ({
  newMember,
  memberPage: page,
  watch,
}) => {
  // The conversation that is open is not the other account's.
  watch.allow(/status of 404/);
  const chat = new ChatPage(page);
  await openInStep(page, "/");
  await chat.ask("Mine alone");
  const tab = await page.context().newPage();
  await tab.goto("/");
  await new Sidebar(tab).signOut();
  await expect(tab).toHaveURL(/\/sign-in/);
  const other = await newMember("Nora");
  await other.api.completeTurn("Nora's own");
  await new EntryPage(tab).signIn(other);
  await expect(new Sidebar(tab).conversation("Nora's own")).toBeVisible();
  await expect(page.getByText(chat.say("frame.banner.somebodyElse"))).toBeVisible();
  await expect(new Sidebar(page).conversation("Nora's own")).toBeHidden();
  await chat.button(chat.say("frame.banner.reload")).click();
  await expect(page.getByText("Mine alone")).toHaveCount(0);
});

test("signing out in one tab says so in the other, which goes on where it was after signing in", async ({
  member,
  memberPage: page,
  watch,
}) => {
  watch.allow(/status of 401/);
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Remember me");
  await chat.composer.fill("written before the sign-out");
  const tab = await page.context().newPage();
  await tab.goto("/");
  await new Sidebar(tab).signOut();
  await expect(tab).toHaveURL(/\/sign-in/);
  const banner = page.getByRole("status").getByText(chat.say("frame.banner.signedOut"));
  await expect(banner).toBeVisible();
  await page.getByRole("link", { name: chat.say("frame.banner.signIn") }).click();
  await new EntryPage(page).signIn(member);
  await expect(chat.questions).toHaveText(["Remember me"]);
  await expect(chat.composer).toHaveValue("written before the sign-out");
  await expect(banner).toBeHidden();
});
