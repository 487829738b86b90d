import { readMessagesOf } from "./fixtures/conversation";
import { expect, test } from "./fixtures/test";
import { askAll as open, questionAt as question, starts } from "./pages/message-view";

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("versions");
});

test("an edit that is under way survives a reload and the end of an answer", async ({
  app,
  memberPage: page,
}) => {
  const chat = await open(page, "Rough words");
  await chat.pickModel("gate");
  await chat.send("Something long");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await question(chat, 0).edit();
  await question(chat, 0).field.fill("Better words");
  await expect(chat.page.getByText(chat.say("chat.edit.later"))).toBeVisible();
  app.provider.release();
  await expect(chat.lastAnswer).toHaveAttribute("aria-busy", "false");
  await expect(chat.page.getByText(chat.say("chat.edit.messageHint"))).toBeVisible();
  await expect(question(chat, 0).field).toHaveValue("Better words");
  await page.reload();
  await expect(question(chat, 0).field).toHaveValue("Better words");

  // Esc gives it up, and Undo brings it back.
  await question(chat, 0).field.press("Escape");
  await expect(question(chat, 0).field).toHaveCount(0);
  await expect(question(chat, 0).button(chat.say("chat.message.edit"))).toBeFocused();
  await chat.button(chat.say("chat.edit.undo")).click();
  await expect(question(chat, 0).field).toHaveValue("Better words");
  await question(chat, 0).field.press("Escape");
  await page.reload();
  await expect(question(chat, 0).field).toHaveCount(0);
  await expect(chat.questions).toHaveText(starts("Rough words", "Something long"));
});

test("an edited message that is refused goes back into its field", async ({
  memberPage: page,
  watch,
}) => {
  watch.allow(/413/);
  const chat = await open(page, "Small");
  await page.route("**/api/chat", (route) =>
    route.fulfill({
      status: 413,
      json: { error: { code: "payload_too_large", message: "Too large." } },
    }),
  );
  await question(chat, 0).edit();
  await question(chat, 0).field.fill("Large");
  await question(chat, 0).field.press("Enter");
  await expect(question(chat, 0).field).toHaveValue("Large");
  await expect(page.getByText(chat.say("errors.payload_too_large"))).toBeVisible();
  await expect(chat.answers).toHaveCount(1);
  await page.unroute("**/api/chat");
  await question(chat, 0).field.press("Enter");
  await chat.waitUntilAnswered();
  await expect(chat.lastAnswer).toContainText("Version 2 for: Large");
});

test("an edited message goes out once when the network returns", async ({
  app,
  member,
  memberPage: page,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  const chat = await open(page, "Before the tunnel");
  await question(chat, 0).edit();
  await question(chat, 0).field.fill("After the tunnel");
  await page.context().setOffline(true);
  await question(chat, 0).field.press("Enter");
  await expect(chat.questions).toContainText(["After the tunnel"]);
  await expect(page.getByText(chat.say("chat.unsent.retrying"))).toBeVisible();
  await page.context().setOffline(false);
  await expect(chat.lastAnswer).toContainText("Version 2 for: After the tunnel");
  await chat.waitUntilAnswered();
  const messages = await readMessagesOf(member.api, chat.conversationId);
  expect(messages[0]?.siblingIds).toHaveLength(2);
  expect(app.provider.requests()).toHaveLength(2);
});
