import { readMessagesOf, textOf } from "./fixtures/conversation";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";

test.beforeEach(({ app }) => {
  app.provider.reset();
});

const whole =
  "The answer begins here, and at this place it is cut off, but then it goes on until its true end.";

test("an answer that was cut goes on in the same place, without repeating itself", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("cut-then-on");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Tell me all");
  await expect(chat.lastAnswer).toContainText(chat.say("chat.message.length"));
  const before = await chat.lastAnswer.boundingBox();
  await chat.button(chat.say("chat.continue.action")).click();
  await expect(chat.stopButton).toBeVisible();
  await expect(chat.lastAnswer).toContainText("cut off, but then it goes on");
  const during = await chat.lastAnswer.boundingBox();
  expect(Math.abs((during?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2);
  app.provider.release();
  await chat.waitUntilAnswered();
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.lastAnswer).not.toContainText(chat.say("chat.message.length"));
  const messages = await readMessagesOf(member.api, chat.conversationId);
  expect(messages).toHaveLength(2);
  expect(messages[1]).toMatchObject({ status: "complete", siblingIds: [messages[1]?.id] });
  expect(textOf(messages[1])).toBe(whole);
  await page.reload();
  await expect(chat.lastAnswer).toContainText(whole);
});

test("a stop while it goes on keeps what came, and it can go on once more", async ({
  app,
  memberPage: page,
}) => {
  await app.play("cut-then-on");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Tell me in parts");
  await chat.button(chat.say("chat.continue.action")).click();
  await expect(chat.lastAnswer).toContainText("but then it goes on");
  await chat.stopButton.click();
  await expect(chat.lastAnswer).toContainText(chat.say("chat.message.stopped"));
  await expect(chat.lastAnswer).toContainText("but then it goes on");
  await expect
    .poll(() => app.provider.requests().at(-1)?.isClosedByClient, { timeout: 2_000 })
    .toBe(true);
  await chat.button(chat.say("chat.continue.action")).click();
  await expect(chat.lastAnswer).toContainText("until its true end.");
  await chat.waitUntilAnswered();
  await expect(chat.answers).toHaveCount(1);
});

test("a second browser follows an answer that goes on", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  await app.play("cut-then-on");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Tell us both");
  await chat.button(chat.say("chat.continue.action")).click();
  await expect(chat.lastAnswer).toContainText("but then it goes on");
  const elsewhere = await openBrowser(app, member.api);
  await elsewhere.goto(page.url());
  const mirror = new ChatPage(elsewhere);
  await expect(mirror.lastAnswer).toContainText("cut off, but then it goes on");
  await page.reload();
  await expect(chat.lastAnswer).toContainText("cut off, but then it goes on");
  app.provider.release();
  for (const view of [chat, mirror]) {
    await view.waitUntilAnswered();
    await expect(view.lastAnswer).toContainText(whole);
    await expect(view.answers).toHaveCount(1);
  }
});

test("an answer that never began can only be tried again", async ({ app, memberPage: page }) => {
  await app.play("error-400");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Nothing comes");
  await expect(chat.button(chat.say("chat.message.retry"))).toBeVisible();
  await expect(chat.button(chat.say("chat.continue.action"))).toHaveCount(0);
});

test("a busy provider is waited for, with the seconds counted down", async ({
  app,
  memberPage: page,
}) => {
  await app.play("busy");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Take your time");
  const status = page.getByRole("status").filter({ hasText: chat.say("chat.retry.reason.busy") });
  const reason = chat.say("chat.retry.reason.busy");
  const say = (seconds: number) =>
    chat.say("chat.retry.wait", { reason, seconds, attempt: 2, of: 3 });
  await expect(status).toContainText(say(5));
  await expect(status).toContainText(say(3));
  await chat.waitUntilAnswered();
  await expect(chat.lastAnswer).toContainText("You said: Take your time");
  await expect(status).toHaveCount(0);
  expect(app.provider.requests()).toHaveLength(2);
});

test("Stop ends the wait for a busy provider, and it is not asked again", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("busy");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Never mind");
  const status = page.getByRole("status").filter({ hasText: chat.say("chat.retry.reason.busy") });
  await expect(status).toBeVisible();
  await chat.stopButton.click();
  await expect(chat.sendButton).toBeVisible();
  await expect(status).toHaveCount(0);
  await expect(chat.lastAnswer).toHaveAttribute("aria-busy", "false");
  // It has ended at the server as well, where nothing is left to ask again.
  const messages = await readMessagesOf(
    member.api,
    new URL(page.url()).pathname.replace("/c/", ""),
  );
  expect(messages.at(-1)?.status).not.toBe("streaming");
  expect(app.provider.requests()).toHaveLength(1);
});

test("a model that is gone leads to the choice of another", async ({ app, memberPage: page }) => {
  await app.play("gone");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Anybody there?");
  await expect(chat.failure).toContainText("gone");
  await chat.button(chat.say("chat.message.chooseModel")).click();
  await chat.modelOption("plain").click();
  await chat.button(chat.say("chat.message.retry")).click();
  await chat.waitUntilAnswered();
  await expect(chat.lastAnswer).toContainText("You said: Anybody there?");
});
