import { readConversations, readMessagesOf, textOf } from "./fixtures/conversation";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import {
  answerAt as answer,
  askAll as open,
  questionAt as question,
  starts,
} from "./pages/message-view";

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("versions");
});

test("an edited message stands beside the first one, on every device", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  const chat = await open(page, "What is a tree?");
  await question(chat, 0).edit();
  await question(chat, 0).field.fill("What is a bush?");
  await question(chat, 0).field.press("Enter");
  await expect(chat.questions).toHaveText(starts("What is a bush?"));
  await chat.waitUntilAnswered();
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.lastAnswer).toContainText("Version 2 for: What is a bush?");
  await expect(chat.composer).toBeFocused();
  await expect(question(chat, 0).version(2, 2)).toBeVisible();

  await question(chat, 0).previous.click();
  await expect(chat.questions).toHaveText(starts("What is a tree?"));
  await expect(chat.lastAnswer).toContainText("Version 1 for: What is a tree?");
  await expect(question(chat, 0).version(1, 2)).toBeVisible();

  const elsewhere = await openBrowser(app, member.api);
  await elsewhere.goto(page.url());
  const mirror = new ChatPage(elsewhere);
  await expect(mirror.questions).toHaveText(starts("What is a tree?"));
  await question(mirror, 0).next.click();
  await expect(mirror.lastAnswer).toContainText("Version 2 for: What is a bush?");
  await page.reload();
  await expect(chat.questions).toHaveText(starts("What is a bush?"));
  expect(app.provider.requests()).toHaveLength(2);
});

test("a second browser that looks on goes along", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  const chat = await open(page, "Seen by both");
  const elsewhere = await openBrowser(app, member.api);
  const isListening = elsewhere.waitForResponse(/\/api\/events$/);
  await elsewhere.goto(page.url());
  await isListening;
  const mirror = new ChatPage(elsewhere);
  await expect(mirror.lastAnswer).toContainText("Version 1 for:");
  await answer(chat, 0).regenerate();
  await expect(mirror.lastAnswer).toContainText("Version 2 for:");
  await chat.waitUntilAnswered();
  await answer(chat, 0).previous.click();
  await expect(mirror.lastAnswer).toContainText("Version 1 for:");
  await expect(answer(mirror, 0).version(1, 2)).toBeVisible();
  await question(chat, 0).chooseInMenu("delete");
  await expect(mirror.questions).toHaveCount(0);
  await chat.button(chat.say("chat.message.undo")).click();
  await expect(mirror.questions).toHaveText(starts("Seen by both"));
});

test("an answer in the middle is made anew, and what followed stays with the old one", async ({
  memberPage: page,
}) => {
  const chat = await open(page, "One", "Two");
  await answer(chat, 0).regenerate();
  await expect(chat.answers).toHaveCount(1);
  await chat.waitUntilAnswered();
  await expect(chat.lastAnswer).toContainText("Version 3 for: One");
  await expect(chat.questions).toHaveText(starts("One"));
  await answer(chat, 0).previous.click();
  await expect(chat.questions).toHaveText(starts("One", "Two"));
  await expect(chat.answers).toContainText(["Version 1 for: One", "Version 2 for: Two"]);
  // Where that branch was left is remembered, too.
  await page.reload();
  await expect(chat.questions).toHaveText(starts("One", "Two"));
});

test("versions are walked with the keyboard, which stays on its button", async ({
  memberPage: page,
}) => {
  const chat = await open(page, "Again and again");
  for (const count of [2, 3]) {
    await answer(chat, 0).regenerate();
    await expect(answer(chat, 0).version(count, count)).toBeVisible();
    await chat.waitUntilAnswered();
  }
  await answer(chat, 0).previous.focus();
  await page.keyboard.press("Enter");
  await expect(answer(chat, 0).version(2, 3)).toBeVisible();
  await expect(chat.lastAnswer).toContainText("Version 2 for:");
  await expect(answer(chat, 0).previous).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chat.lastAnswer).toContainText("Version 1 for:");
  await expect(answer(chat, 0).previous).toBeFocused();
  await expect(answer(chat, 0).previous).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(chat.lastAnswer).toContainText("Version 2 for:");
  await expect(answer(chat, 0).next).toBeFocused();
});

test("on the way to another version the message stays where it is on the screen", async ({
  app,
  memberPage: page,
}) => {
  await app.play("long-versions");
  await page.setViewportSize({ width: 900, height: 700 });
  const chat = await open(page, "Fill some pages", "Look here");
  await question(chat, 1).edit();
  await question(chat, 1).field.fill("Look there");
  await question(chat, 1).field.press("Enter");
  await chat.waitUntilAnswered();
  await chat.questions.nth(1).evaluate((row) => {
    row.scrollIntoView({ block: "center" });
  });
  const top = await question(chat, 1).top();
  for (const way of ["previous", "next", "previous"] as const) {
    const answered = page.waitForResponse(/around=/);
    await question(chat, 1)[way].click();
    await expect(chat.questions.nth(1)).toHaveText(way === "next" ? /^Look there/ : /^Look here/);
    expect(Math.abs((await question(chat, 1).top()) - top)).toBeLessThan(2);
    // Nor does it move once the server has had its say.
    await answered;
    await expect(question(chat, 1).version(way === "next" ? 2 : 1, 2)).toBeVisible();
    expect(Math.abs((await question(chat, 1).top()) - top)).toBeLessThan(2);
  }
});

test("nobody walks away from an answer that is being written", async ({
  app,
  memberPage: page,
}) => {
  const chat = await open(page, "First");
  await answer(chat, 0).regenerate();
  await expect(answer(chat, 0).version(2, 2)).toBeVisible();
  await chat.waitUntilAnswered();
  await chat.pickModel("gate");
  await chat.send("Hold on");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  const later = answer(chat, 0).button(chat.say("chat.branch.previousLater"));
  await expect(later).toHaveAttribute("aria-disabled", "true");
  await later.hover();
  // The tooltip, which says the same as the button's name.
  await expect(page.getByText(chat.say("chat.branch.previousLater"))).toBeVisible();
  // Aria-disabled things can be pressed; nothing comes of it.
  await later.press("Enter");
  app.provider.release();
  await chat.waitUntilAnswered();
  await expect(chat.questions).toHaveText(starts("First", "Hold on"));
});

test("an answer's text can be changed, and the model's own stays", async ({
  member,
  memberPage: page,
}) => {
  const chat = await open(page, "Say it");
  await answer(chat, 0).chooseInMenu("editText");
  await expect(answer(chat, 0).field).toBeFocused();
  await expect(answer(chat, 0).field).toHaveValue("Version 1 for: Say it");
  await answer(chat, 0).field.fill("In my **own** words");
  await answer(chat, 0).field.press("Control+Enter");
  await expect(answer(chat, 0).version(2, 2)).toBeVisible();
  await expect(chat.lastAnswer.getByText("own", { exact: true })).toBeVisible();
  await expect(chat.lastAnswer).toContainText(chat.say("chat.message.edited"));
  await answer(chat, 0).previous.click();
  await expect(chat.lastAnswer).toContainText("Version 1 for: Say it");
  await expect(chat.lastAnswer).not.toContainText(chat.say("chat.message.edited"));
  await answer(chat, 0).next.click();
  await expect(chat.lastAnswer).toContainText("In my own words");
  // What goes on from here is what the model is told.
  await chat.ask("And now?");
  const messages = await readMessagesOf(member.api, chat.conversationId);
  expect(messages.map(textOf)).toEqual([
    "Say it",
    "In my **own** words",
    "And now?",
    "Version 2 for: And now?",
  ]);
});

test("a branch becomes a conversation of its own", async ({ member, memberPage: page }) => {
  const chat = await open(page, "Trunk", "Twig");
  const trunk = page.url();
  await answer(chat, 0).chooseInMenu("branchOff");
  await expect(page.getByText(chat.say("chat.message.branchedOff"))).toBeVisible();
  await expect(page).not.toHaveURL(trunk);
  await expect(chat.questions).toHaveText(starts("Trunk"));
  await chat.ask("Another twig");
  await expect(chat.questions).toHaveText(starts("Trunk", "Another twig"));
  const { conversations } = await readConversations(member.api);
  expect(conversations).toHaveLength(2);
  await page.goto(trunk);
  await expect(chat.questions).toHaveText(starts("Trunk", "Twig"));
});

test("a message goes with everything after it, and comes back", async ({ memberPage: page }) => {
  const chat = await open(page, "Stay", "Go", "Go too");
  await question(chat, 1).chooseInMenu("delete");
  await expect(chat.questions).toHaveText(starts("Stay"));
  await expect(chat.answers).toHaveCount(1);
  await chat.button(chat.say("chat.message.undo")).click();
  await expect(chat.questions).toHaveText(starts("Stay", "Go", "Go too"));
  await answer(chat, 1).chooseInMenu("delete");
  await expect(chat.questions).toHaveText(starts("Stay", "Go"));
  await expect(chat.answers).toHaveCount(1);
  await page.reload();
  await expect(chat.questions).toHaveText(starts("Stay", "Go"));
  await chat.button(chat.say("chat.message.answerThis")).click();
  await chat.waitUntilAnswered();
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.lastAnswer).toContainText("Version 4 for: Go");
});

test("a version takes the place of one that is deleted", async ({ memberPage: page }) => {
  const chat = await open(page, "Which one?");
  await answer(chat, 0).regenerate();
  await expect(answer(chat, 0).version(2, 2)).toBeVisible();
  await chat.waitUntilAnswered();
  await answer(chat, 0).chooseInMenu("delete");
  await expect(chat.lastAnswer).toContainText("Version 1 for:");
  await expect(chat.lastAnswer.getByRole("group")).toHaveCount(0);
});

test("on a phone, in Chinese, everything is a tap away", async ({ app, member, openBrowser }) => {
  const page = await openBrowser(app, member.api, {
    locale: "zh-CN",
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await page.goto("/");
  const chat = new ChatPage(page, "zh-CN");
  await chat.ask("树和灌木有什么区别？");
  await question(chat, 0).button(chat.say("chat.message.edit")).tap();
  await question(chat, 0).field.fill("竹子算树吗？");
  await question(chat, 0).button(chat.say("chat.edit.send")).tap();
  await expect(chat.lastAnswer).toContainText("Version 2 for: 竹子算树吗？");
  await question(chat, 0).previous.tap();
  await expect(chat.lastAnswer).toContainText("Version 1 for: 树和灌木有什么区别？");
  await expect(question(chat, 0).version(1, 2)).toBeVisible();
  await answer(chat, 0).button(chat.say("chat.message.more")).tap();
  await page.getByRole("menuitem", { name: chat.say("chat.message.branchOff") }).tap();
  await expect(page.getByText(chat.say("chat.message.branchedOff"))).toBeVisible();
  await expect(chat.questions).toHaveText(starts("树和灌木有什么区别？"));
});
