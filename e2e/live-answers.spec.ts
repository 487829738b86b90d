import { readMessagesOf } from "./fixtures/conversation";
import { countCallsWith } from "./fixtures/received-chat";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { Sidebar } from "./pages/sidebar";

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test("Stop ends it at the provider, and what came is kept", async ({ app, memberPage: page }) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  const stops = [() => chat.stopButton.click(), () => page.keyboard.press("Escape")];
  for (const [index, stop] of stops.entries()) {
    await chat.send("Stop me");
    await expect(chat.answers).toHaveCount(index + 1);
    await expect(chat.lastAnswer).toContainText("The first half is here.");
    await stop();
    await expect
      .poll(() => app.provider.requests().at(-1)?.isClosedByClient, { timeout: 2_000 })
      .toBe(true);
    await expect(chat.lastAnswer).toContainText(chat.say("chat.message.stopped"));
    await expect(chat.sendButton).toBeVisible();
  }
  await page.reload();
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await expect(chat.lastAnswer).toContainText(chat.say("chat.message.stopped"));
});

test("an answer is made anew without losing the first", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Say it again");
  await chat.button(chat.say("chat.message.regenerate")).click();
  await expect.poll(() => app.provider.requests().length).toBe(2);
  await chat.waitUntilAnswered();
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.questions).toHaveCount(1);
  const id = new URL(page.url()).pathname.replace("/c/", "");
  const messages = await readMessagesOf(member.api, id);
  expect(messages.at(-1)?.siblingIds).toHaveLength(2);
});

test("a reload in the middle goes on with the same answer", async ({ app, memberPage: page }) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Do not lose me");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await page.reload();
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await expect(chat.stopButton).toBeVisible();
  app.provider.release();
  await expect(chat.lastAnswer).toContainText("The second half is here too.");
  await chat.waitUntilAnswered();
  await expect(chat.questions).toHaveCount(1);
  await expect(chat.answers).toHaveCount(1);
  expect(countCallsWith(app.provider.requests(), "Do not lose me")).toBe(1);
});

test("a second browser follows the same answer, and can stop it", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Watch me from elsewhere");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await expect(page).toHaveURL(/\/c\//);
  const elsewhere = await openBrowser(app, member.api);
  await elsewhere.goto(page.url());
  const mirror = new ChatPage(elsewhere);
  await expect(mirror.lastAnswer).toContainText("The first half is here.");
  await mirror.stopButton.click();
  for (const view of [chat, mirror]) {
    await expect(view.lastAnswer).toContainText(view.say("chat.message.stopped"));
  }
  expect(app.provider.requests()).toHaveLength(1);
});

test("closing the tab does not end the answer", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Go on without me");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  const url = page.url();
  await page.close();
  app.provider.release();
  const elsewhere = await openBrowser(app, member.api);
  await elsewhere.goto(url);
  await expect(new ChatPage(elsewhere).lastAnswer).toContainText("The second half is here too.");
  expect(app.provider.requests()[0]?.isClosedByClient).toBe(false);
});

test("one may start another conversation while an answer is written", async ({
  app,
  memberPage: page,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  const sidebar = new Sidebar(page);
  await chat.send("The first one");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await sidebar.newConversation.click();
  await expect(chat.questions).toHaveCount(0);
  await chat.send("The second one");
  await expect(chat.questions).toHaveText(["The second one"]);
  app.provider.release();
  app.provider.release();
  await expect(chat.lastAnswer).toContainText("The second half is here too.");
  await sidebar.conversation("The first one").click();
  await expect(chat.questions).toHaveText(["The first one"]);
  await expect(chat.lastAnswer).toContainText("The second half is here too.");
});

test("the page follows the text only while one reads at its end", async ({
  app,
  memberPage: page,
}) => {
  await app.play("pace-150-900");
  await page.setViewportSize({ width: 900, height: 500 });
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("A long one");
  const list = page.getByRole("region", { name: chat.say("chat.conversation") });
  await expect(chat.lastAnswer).toContainText("word200 ");
  const isAtEnd = () =>
    list.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 100);
  expect(await isAtEnd()).toBe(true);
  await list.hover();
  await page.mouse.wheel(0, -400);
  const pill = chat.button(chat.say("chat.scroll.newText"));
  await expect(pill).toBeVisible();
  const top = await list.evaluate((box) => box.scrollTop);
  await expect(chat.lastAnswer).toContainText("word450 ");
  expect(await list.evaluate((box) => box.scrollTop)).toBe(top);
  await pill.click();
  await expect.poll(isAtEnd).toBe(true);
  await chat.waitUntilAnswered();
  await expect.poll(isAtEnd).toBe(true);
});
