import type { Locator } from "@playwright/test";
import { readMessagesOf, textOf } from "./fixtures/conversation";
import { countCallsWith } from "./fixtures/received-chat";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";

test.beforeEach(({ app }) => {
  app.provider.reset();
});

const first = "The first half is here.";

/** What waits to be sent. */
class Queue {
  readonly region: Locator;
  readonly rows: Locator;

  constructor(readonly chat: ChatPage) {
    this.region = chat.page.getByRole("region", { name: chat.say("chat.queue.label") });
    this.rows = this.region.getByRole("listitem");
  }

  act(text: string, name: "edit" | "remove" | "sendNow" | "sendFirst" | "send"): Promise<void> {
    return this.rows
      .filter({ hasText: text })
      .getByRole("button", { name: this.chat.say(`chat.queue.${name}`), exact: true })
      .click();
  }
}

test("what is written while an answer streams goes out after it, in order, each once", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  const queue = new Queue(chat);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  await chat.composer.fill("Second");
  await expect(chat.button(chat.say("chat.composer.queue"))).toBeVisible();
  await expect(chat.stopButton).toBeVisible();
  await chat.composer.press("Enter");
  await chat.send("Third");
  await chat.send("Fourth");
  await chat.send("Fifth");
  await expect(queue.rows).toContainText(["Second", "Third", "Fourth", "Fifth"]);
  await expect(chat.composer).toHaveValue("");
  await expect(chat.questions).toHaveText(["Start"]);

  await queue.act("Fourth", "remove");
  await queue.act("Third", "edit");
  await expect(chat.composer).toHaveValue("Third");
  await chat.composer.press("End");
  await chat.composer.pressSequentially(", changed");
  await chat.composer.press("Enter");
  await expect(queue.rows).toContainText(["Second", "Fifth", "Third, changed"]);

  for (const text of ["Second", "Fifth", "Third, changed"]) {
    app.provider.release();
    await expect(chat.questions.last()).toHaveText(text);
    await expect(chat.lastAnswer).toContainText(first);
  }
  await expect(queue.rows).toHaveCount(0);
  app.provider.release();
  await chat.waitUntilAnswered();
  const id = new URL(page.url()).pathname.replace("/c/", "");
  const asked = (await readMessagesOf(member.api, id)).filter(({ role }) => role === "user");
  expect(asked.map(textOf)).toEqual(["Start", "Second", "Fifth", "Third, changed"]);
  expect(app.provider.requests()).toHaveLength(4);
});

test("Undo puts a removed message back at its place", async ({ app, memberPage: page }) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  const queue = new Queue(chat);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  for (const text of ["One", "Two", "Three"]) await chat.send(text);
  await queue.act("Two", "remove");
  await expect(queue.rows).toContainText(["One", "Three"]);
  await page.getByRole("button", { name: chat.say("chat.queue.undo") }).click();
  await expect(queue.rows).toContainText(["One", "Two", "Three"]);
});

test("with the keyboard, one who removes a message is in the field for the next", async ({
  app,
  memberPage: page,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  const queue = new Queue(chat);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  for (const text of ["One", "Two"]) await chat.send(text);
  await expect(queue.rows).toHaveCount(2);
  const removal = chat.say("chat.queue.remove");
  await queue.rows.last().getByRole("button", { name: removal, exact: true }).press("Enter");
  await expect(queue.rows).toContainText(["One"]);
  await expect(queue.rows).toHaveCount(1);
  await expect(chat.composer).toBeFocused();
});

test("after Stop the queue is held until a person sends it", async ({ app, memberPage: page }) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  const queue = new Queue(chat);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  await chat.send("Held back");
  await page.keyboard.press("Escape");
  await expect(chat.lastAnswer).toContainText(chat.say("chat.message.stopped"));
  await expect(queue.region).toContainText(chat.say("chat.queue.held"));
  await page.reload();
  await expect(queue.rows).toContainText(["Held back"]);
  await expect(chat.questions).toHaveText(["Start"]);
  await queue.act("Held back", "send");
  await expect(chat.questions).toHaveText(["Start", "Held back"]);
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.lastAnswer).toContainText(first);
  // One for the call that was stopped, too.
  app.provider.release();
  app.provider.release();
  await chat.waitUntilAnswered();
  await expect(queue.rows).toHaveCount(0);
});

test("Send now stops the answer, keeps what came of it, and sends", async ({
  app,
  memberPage: page,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  const queue = new Queue(chat);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  await chat.send("Later");
  await chat.send("Urgent");
  await queue.act("Urgent", "sendNow");
  await expect(chat.questions).toHaveText(["Start", "Urgent"]);
  await expect(chat.answers.first()).toContainText(first);
  await expect.poll(() => app.provider.requests()[0]?.isClosedByClient).toBe(true);
  await expect(queue.rows).toContainText(["Later"]);
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.lastAnswer).toContainText(first);
  // One for the call that was stopped, too.
  app.provider.release();
  app.provider.release();
  await expect(chat.questions).toHaveText(["Start", "Urgent", "Later"]);
});

test("a reload neither loses nor doubles what waits, and neither does a crash", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  const queue = new Queue(chat);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  await chat.send("Still here");
  await expect(page).toHaveURL(/\/c\//);
  await page.reload();
  await expect(queue.rows).toContainText(["Still here"]);
  const address = page.url();
  const crashed = await page.context().newPage();
  await page.close();
  await crashed.goto(address);
  const again = new ChatPage(crashed);
  await expect(new Queue(again).rows).toContainText(["Still here"]);
  await expect(again.lastAnswer).toContainText(first);
  app.provider.release();
  await expect(again.questions).toHaveText(["Start", "Still here"]);
  await expect(again.lastAnswer).toContainText(first);
  app.provider.release();
  await again.waitUntilAnswered();
  const id = new URL(address).pathname.replace("/c/", "");
  expect(await readMessagesOf(member.api, id)).toHaveLength(4);
  expect(countCallsWith(app.provider.requests(), "Still here")).toBe(1);
});

test("what waited while the page was closed goes out at the next visit", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  await chat.send("After the break");
  await expect(page).toHaveURL(/\/c\//);
  const address = page.url();
  await page.goto("/settings");
  app.provider.release();
  const id = new URL(address).pathname.replace("/c/", "");
  const readStatus = async () => (await readMessagesOf(member.api, id)).at(-1)?.status;
  await expect.poll(readStatus).toBe("complete");
  await page.goto(address);
  await expect(chat.questions).toHaveText(["Start", "After the break"]);
  await expect(chat.lastAnswer).toContainText(first);
});

test("two tabs show the same queue, and it goes out once", async ({ app, memberPage: page }) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  await expect(page).toHaveURL(/\/c\//);
  const otherPage = await page.context().newPage();
  await otherPage.goto(page.url());
  const other = new ChatPage(otherPage);
  await expect(other.lastAnswer).toContainText(first);
  await chat.send("From the first tab");
  await other.send("From the second tab");
  for (const view of [chat, other]) {
    await expect(new Queue(view).rows).toContainText(["From the first tab", "From the second tab"]);
  }
  app.provider.release();
  for (const view of [chat, other]) {
    await expect(view.questions).toHaveText(["Start", "From the first tab"]);
    await expect(view.lastAnswer).toContainText(first);
    await expect(new Queue(view).rows).toContainText(["From the second tab"]);
  }
  app.provider.release();
  for (const view of [chat, other]) {
    await expect(view.questions).toHaveText(["Start", "From the first tab", "From the second tab"]);
  }
  expect(app.provider.requests()).toHaveLength(3);
});

test("the model that was chosen at the time of writing answers", async ({
  app,
  memberPage: page,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Start");
  await expect(chat.lastAnswer).toContainText(first);
  await chat.button(chat.say("chat.model.pick", { name: "gate" })).click();
  await chat.modelOption("plain").click();
  await chat.send("To the plain one");
  await chat.button(chat.say("chat.model.pick", { name: "plain" })).click();
  await chat.modelOption("gate").click();
  app.provider.release();
  await expect(chat.lastAnswer).toContainText("You said: To the plain one");
});
