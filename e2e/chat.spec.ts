import { chatTurnSchema } from "@/lib/contracts/chat";
import { readMessages } from "./fixtures/received-chat";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { Sidebar } from "./pages/sidebar";

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test("an answer appears while it is written, and all of it is there after a reload", async ({
  app,
  memberPage: page,
}) => {
  await app.play("gate");
  await page.goto("/");
  const chat = new ChatPage(page);
  await page.evaluate("window.isSamePage = true");
  await chat.send("Hello there");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await expect(chat.stopButton).toBeVisible();
  await expect(page).toHaveURL(/\/c\/[\w-]+$/);
  await expect(chat.lastAnswer).not.toContainText("second");
  app.provider.release();
  await expect(chat.lastAnswer).toContainText("The second half is here too.");
  await expect(chat.sendButton).toBeVisible();
  expect(await page.evaluate("window.isSamePage")).toBe(true);
  await expect(new Sidebar(page).conversation("Hello there")).toHaveAttribute(
    "aria-current",
    "page",
  );
  await page.reload();
  await expect(chat.questions).toHaveText(["Hello there"]);
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.lastAnswer).toContainText(
    "The first half is here. The second half is here too.",
  );
});

test("the browser sends the new message only, and the next turn knows the first", async ({
  app,
  memberPage: page,
}) => {
  await app.play("plain");
  const bodies: unknown[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/chat")) bodies.push(request.postDataJSON());
  });
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("My name is Mia.");
  await chat.ask("What is my name?");
  await expect(chat.lastAnswer).toContainText("You said: What is my name?");
  const turns = bodies.map((body) => chatTurnSchema.parse(body));
  expect(
    turns.map(({ message }) =>
      message?.parts.map((part) => (part.type === "text" ? part.text : "")),
    ),
  ).toEqual([["My name is Mia."], ["What is my name?"]]);
  expect(JSON.stringify(bodies[1])).not.toContain("My name is Mia.");
  const sent = readMessages(app.provider.requests().at(-1));
  expect(sent.map(({ content }) => content).slice(1)).toEqual([
    "My name is Mia.",
    "You said: My name is Mia.",
    "What is my name?",
  ]);
});

test("Enter sends, Shift+Enter breaks the line, blank text goes nowhere", async ({
  app,
  memberPage: page,
}) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.composer.fill("   ");
  await chat.composer.press("Enter");
  await expect(chat.sendButton).toBeDisabled();
  await chat.composer.fill("first line");
  await chat.composer.press("Shift+Enter");
  await chat.composer.pressSequentially("second line");
  await expect(chat.composer).toHaveValue("first line\nsecond line");
  expect(app.provider.requests()).toHaveLength(0);
  await chat.composer.press("Enter");
  await expect(chat.composer).toHaveValue("");
  await expect(chat.questions).toHaveText(["first line\nsecond line"]);
  await chat.waitUntilAnswered();
});

test("Enter that ends the composing of Chinese does not send", async ({
  app,
  memberPage: page,
}) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.composer.focus();
  const inputMethod = await page.context().newCDPSession(page);
  // While an input method composes, browsers report its keys with the code 229.
  const processedEnter = {
    type: "rawKeyDown",
    key: "Enter",
    code: "Enter",
    windowsVirtualKeyCode: 229,
  } as const;
  await inputMethod.send("Input.imeSetComposition", {
    text: "ni hao",
    selectionStart: 6,
    selectionEnd: 6,
  });
  await inputMethod.send("Input.dispatchKeyEvent", processedEnter);
  await inputMethod.send("Input.insertText", { text: "你好" });
  // Safari ends the composition first and reports the key afterwards.
  await inputMethod.send("Input.dispatchKeyEvent", processedEnter);
  await expect(chat.composer).toHaveValue("你好");
  await expect(chat.questions).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(chat.questions).toHaveText(["你好"]);
  await chat.waitUntilAnswered();
  expect(app.provider.requests()).toHaveLength(1);
});

test("a double click on Send, and a second Enter, make one message and one call", async ({
  app,
  memberPage: page,
}) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.composer.fill("Only once");
  await chat.sendButton.dblclick();
  await chat.waitUntilAnswered();
  await chat.composer.fill("Once more");
  await chat.composer.press("Enter");
  await chat.composer.press("Enter");
  await expect(chat.questions).toHaveText(["Only once", "Once more"]);
  await chat.waitUntilAnswered();
  expect(app.provider.requests()).toHaveLength(2);
});

test("the model of a conversation is chosen at its top, and kept", async ({
  app,
  memberPage: page,
}) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.button(chat.say("chat.model.pick", { name: "plain" })).click();
  await chat.modelOption("echo").click();
  await chat.ask("Which model?");
  await expect(chat.lastAnswer).toContainText('"model":"echo"');
  await page.reload();
  await expect(chat.button(chat.say("chat.model.pick", { name: "echo" }))).toBeVisible();
});

test("a conversation has a system prompt of its own", async ({ app, memberPage: page }) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Hello");
  await chat.button(chat.say("chat.menu.label")).click();
  await page.getByRole("menuitem", { name: chat.say("chat.menu.systemPrompt") }).click();
  const dialog = page.getByRole("dialog", { name: chat.say("chat.systemPrompt.title") });
  await dialog.getByRole("textbox").fill("You are a pirate.");
  const saved = page.waitForResponse((response) => response.request().method() === "PATCH");
  await dialog.getByRole("button", { name: chat.say("chat.systemPrompt.save") }).click();
  await saved;
  await chat.ask("Who are you?");
  expect(readMessages(app.provider.requests().at(-1))[0]).toEqual({
    role: "system",
    content: "You are a pirate.",
  });
});

test("what is typed survives a reload, until it is sent", async ({ app, memberPage: page }) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.composer.fill("A thought not finished");
  await page.reload();
  await expect(chat.composer).toHaveValue("A thought not finished");
  await chat.composer.press("Enter");
  await chat.waitUntilAnswered();
  await page.reload();
  await expect(chat.composer).toHaveValue("");
});

test("in Chinese, from the greeting to the answer", async ({ app, member, openBrowser }) => {
  await app.play("chinese");
  const page = await openBrowser(app, member.api, { locale: "zh-CN" });
  await page.goto("/");
  const chat = new ChatPage(page, "zh-CN");
  await chat.ask("什么是滑动窗口？");
  await expect(chat.lastAnswer).toContainText("系统提示词始终保留");
  await expect(chat.lastAnswer.getByText("系统提示词始终保留")).toHaveJSProperty(
    "tagName",
    "STRONG",
  );
  await expect(chat.lastAnswer).toContainText("👩‍👩‍👧‍👦");
});
