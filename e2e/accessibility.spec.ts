import { adminAccount } from "./fixtures/app";
import { expectAccessible } from "./fixtures/expect-accessible";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { MessageView } from "./pages/message-view";
import { EntryPage } from "./pages/entry-page";
import { SetupPage } from "./pages/setup-page";
import { Sidebar } from "./pages/sidebar";

test("signing in, also with an error", async ({ app, openBrowser, watch, member }) => {
  watch.allow(/status of 401/);
  const page = await openBrowser(app, null);
  const entry = new EntryPage(page);
  await page.goto("/sign-in");
  await expect(entry.signInHeading).toBeVisible();
  await expectAccessible(page);
  await entry.signIn({ ...member, password: "not the password" });
  await expect(entry.alert).toBeVisible();
  await expectAccessible(page);
  await page.goto("/register");
  await expect(entry.field("name")).toBeVisible();
  await expectAccessible(page);
});

test("an empty conversation", async ({ memberPage }) => {
  await memberPage.goto("/");
  await expect(new ChatPage(memberPage).composer).toBeVisible();
  await expectAccessible(memberPage);
});

for (const scenario of ["markdown", "code", "chinese", "reasoning", "length", "error-401"]) {
  test(`a conversation with ${scenario}`, async ({ app, member, memberPage }) => {
    const model = app.modelId(scenario);
    const conversationId = await member.api.completeTurn("Show me.", { model });
    await memberPage.goto(`/c/${conversationId}`);
    await expect(new ChatPage(memberPage).lastAnswer).toBeVisible();
    await expectAccessible(memberPage);
  });
}

test("versions of messages, their fields and their menus", async ({ app, member, memberPage }) => {
  const conversationId = await member.api.completeTurn("First words", {
    model: app.modelId("plain"),
  });
  await memberPage.goto(`/c/${conversationId}`);
  const chat = new ChatPage(memberPage);
  const question = new MessageView(chat, chat.questions);
  const answer = new MessageView(chat, chat.answers);
  await answer.regenerate();
  await expect(answer.version(2, 2)).toBeVisible();
  await chat.waitUntilAnswered();
  await expectAccessible(memberPage);
  await answer.article.hover();
  await answer.button(chat.say("chat.message.more")).click();
  await expect(memberPage.getByRole("menu")).toBeVisible();
  await expectAccessible(memberPage, "region");
  await memberPage.keyboard.press("Escape");
  await question.edit();
  await expectAccessible(memberPage);
});

test("menus and dialogs of the chat", async ({ member, memberPage }) => {
  const conversationId = await member.api.completeTurn("With a menu");
  await memberPage.goto(`/c/${conversationId}`);
  const sidebar = new Sidebar(memberPage);
  // An open menu floats above the page's landmarks, as menus do.
  await sidebar.openMenu("With a menu");
  await expect(memberPage.getByRole("menu")).toBeVisible();
  await expectAccessible(memberPage, "region");
  await memberPage.keyboard.press("Escape");
  await sidebar.userMenu.click();
  await expect(memberPage.getByRole("menu")).toBeVisible();
  await expectAccessible(memberPage, "region");
  await memberPage.keyboard.press("Escape");
  for (const key of ["Control+k", "Control+/"]) {
    await memberPage.keyboard.press(key);
    await expect(memberPage.getByRole("dialog")).toBeVisible();
    await expectAccessible(memberPage);
    await memberPage.keyboard.press("Escape");
    await expect(memberPage.getByRole("dialog")).toBeHidden();
  }
});

test("a page that does not exist", async ({ memberPage, watch }) => {
  watch.allow(/status of 404/);
  for (const path of ["/nowhere", "/c/00000000-0000-7000-8000-000000000000"]) {
    await memberPage.goto(path);
    await expect(memberPage.getByRole("heading").first()).toBeVisible();
    await expectAccessible(memberPage);
  }
});

test("the member's settings", async ({ memberPage }) => {
  for (const path of ["/settings", "/settings/profile", "/settings/security"]) {
    await memberPage.goto(path);
    await expect(memberPage.getByRole("heading").first()).toBeVisible();
    await expectAccessible(memberPage);
  }
});

test("the admin's settings", async ({ app, openBrowser, member }) => {
  await app.admin.send("POST", "/api/admin/invites", { email: member.email });
  const page = await openBrowser(app, app.admin);
  for (const path of ["/settings/models", "/settings/people", "/settings/instance"]) {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expect(page.getByRole("status", { name: "Loading" })).toBeHidden();
    await expectAccessible(page);
  }
});

test("the set-up", async ({ openBrowser, startApp }) => {
  const app = await startApp();
  const page = await openBrowser(app, null);
  const setup = new SetupPage(page);
  await page.goto("/");
  await expect(setup.welcome).toBeVisible();
  await expectAccessible(page);
  await setup.makeAccount(adminAccount);
  await expect(setup.choose).toBeVisible();
  await expectAccessible(page);
  await setup.choice(setup.say("setup.choose.compatible")).click();
  await setup.name.fill("Scripted");
  await setup.baseUrl.fill(app.provider.url);
  await setup.key.fill("sk-test");
  await setup.test();
  await expect(page.getByText(/^It works\./)).toBeVisible();
  await expectAccessible(page);
  await setup.button(setup.say("setup.connect.continue")).click();
  await expect(setup.models).toBeVisible();
  await expectAccessible(page);
});

test("messages that wait to be sent, and words that are found", async ({ app, memberPage }) => {
  await app.play("gate");
  await memberPage.goto("/");
  const chat = new ChatPage(memberPage);
  await chat.send("The first half?");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await chat.send("And then?");
  await chat.composer.fill("And after that?");
  const queue = memberPage.getByRole("region", { name: chat.say("chat.queue.label") });
  await expect(queue).toBeVisible();
  await expectAccessible(memberPage);
  await chat.stopButton.click();
  await expect(queue).toContainText(chat.say("chat.queue.held"));
  await chat.button(chat.say("chat.menu.label")).click();
  await memberPage.getByRole("menuitem", { name: chat.say("chat.menu.find") }).click();
  await memberPage.getByRole("search").getByRole("textbox").fill("first half");
  await expect(memberPage.getByRole("search").getByRole("status")).toHaveText(/\d+ of \d+/);
  await expectAccessible(memberPage);
});
