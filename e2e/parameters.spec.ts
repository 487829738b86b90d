import { readConversation } from "./fixtures/conversation";
import { describeModel } from "./fixtures/describe-model";
import { readLastBody } from "./fixtures/received-chat";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { ParameterPanel } from "./pages/parameter-panel";

/** What one device does shows on another within this time. */
const inStep = { timeout: 2_000 };

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

test("what is set goes along with the first message, is there after a reload and on another device", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const panel = new ParameterPanel(page);
  await panel.open();
  await panel.type("temperature", "0,3");
  await panel.addStop(String.raw`\nEND`);
  await expect(panel.button(2)).toBeVisible();
  await panel.close();
  await chat.ask("With parameters");
  expect(readLastBody(app.provider.requests())).toMatchObject({
    temperature: 0.3,
    stop: ["\nEND"],
  });

  await page.reload();
  await panel.open(2);
  await expect(panel.number("temperature")).toHaveValue("0.3");
  await expect(panel.dialog.getByText(String.raw`\nEND`)).toBeVisible();

  const elsewhere = await openBrowser(app, member.api);
  const isListening = elsewhere.waitForResponse((response) =>
    response.url().endsWith("/api/events"),
  );
  await elsewhere.goto(page.url());
  await isListening;
  const there = new ParameterPanel(elsewhere);
  await expect(there.button(2)).toBeVisible();
  await panel.type("topP", "0.5");
  await expect(there.button(3)).toBeVisible(inStep);
  await there.open(3);
  await expect(there.number("topP")).toHaveValue("0.5");
  await there.back("temperature").click();
  await expect(panel.button(2)).toBeVisible(inStep);
  await expect(panel.number("temperature")).toHaveValue("");
  expect((await readConversation(member.api, chat.conversationId)).parameters).toEqual({
    stop: ["\nEND"],
    topP: 0.5,
  });
  await panel.close();
  await chat.ask("Once more");
  expect(readLastBody(app.provider.requests())).toMatchObject({ top_p: 0.5, stop: ["\nEND"] });
  expect(readLastBody(app.provider.requests())).not.toHaveProperty("temperature");
});

test("what is no number is kept to be mended, and says so", async ({ memberPage: page }) => {
  await page.goto("/");
  const panel = new ParameterPanel(page);
  await panel.open();
  const wrong = panel.dialog.getByText(panel.say("parameters.panel.notNumber"));
  await panel.number("temperature").fill("warm");
  await page.keyboard.press("Enter");
  await expect(wrong).toBeVisible();
  await expect(panel.number("temperature")).toHaveAccessibleDescription(
    new RegExp(panel.say("parameters.panel.notNumber")),
  );
  await panel.number("temperature").fill("0.4");
  await expect(wrong).toBeHidden();
});

test("a slider is kept where it is let go, and what is no number is not lost", async ({
  app,
  memberPage: page,
}) => {
  await page.goto("/");
  const panel = new ParameterPanel(page);
  await panel.open();
  const slider = panel.control("temperature");
  await expect(slider).toHaveAttribute("aria-valuetext", panel.say("parameters.panel.default"));
  await slider.press("ArrowLeft");
  await slider.press("ArrowLeft");
  await expect(panel.number("temperature")).toHaveValue("0.8");
  await panel.number("temperature").fill("warm");
  await panel.control("seed").fill("42");
  await expect(panel.number("temperature")).toHaveValue("warm");
  await expect(panel.number("temperature")).toHaveAttribute("aria-invalid", "true");
  await panel.close();
  await new ChatPage(page).ask("What remains?");
  expect(readLastBody(app.provider.requests())).toMatchObject({ temperature: 0.8, seed: 42 });
});

test("what a model does not take is disabled, says why, is kept, and is not sent", async ({
  app,
  memberPage: page,
}) => {
  const undo = await describeModel(app, "count", {
    card: { parameters: { temperature: "no", reasoningEffort: "no" } },
  });
  await page.goto("/");
  const chat = new ChatPage(page);
  const panel = new ParameterPanel(page);
  await panel.open();
  await panel.type("temperature", "0.7");
  await panel.close();
  await chat.pickModel("count");
  await panel.open(1);
  await expect(panel.control("temperature")).toBeDisabled();
  await expect(panel.number("temperature")).toHaveValue("0.7");
  await expect(panel.dialog).toContainText(
    panel.say("parameters.notes.left_out_kept", { model: "count" }),
  );
  await expect(panel.control("reasoningEffort")).toBeDisabled();
  await expect(panel.control("topP")).toBeEnabled();
  await panel.close();
  await chat.ask("Without a temperature");
  expect(readLastBody(app.provider.requests())).toMatchObject({ model: "count" });
  expect(readLastBody(app.provider.requests())).not.toHaveProperty("temperature");

  // Another model in the middle of the conversation, and it is back.
  await chat.pickModel("plain");
  await chat.ask("With one");
  expect(readLastBody(app.provider.requests())).toMatchObject({ model: "plain", temperature: 0.7 });
  await undo();
});

test("a schema that is not finished is kept, while the last one that was holds", async ({
  app,
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const panel = new ParameterPanel(page);
  await panel.open();
  await panel.control("responseFormat").selectOption("json_schema");
  await panel.schema.fill('{"type":"object","properties":{"city":{"type":"string"}}}');
  await expect(panel.dialog).toContainText(panel.say("parameters.schema.valid"));
  await panel.close();
  await chat.ask("Which city?");
  const schema = { type: "object", properties: { city: { type: "string" } } };
  expect(readLastBody(app.provider.requests())).toMatchObject({
    response_format: { type: "json_schema", json_schema: { name: "answer", schema } },
  });

  await panel.open(1);
  await panel.control("responseFormat").selectOption("json");
  await panel.control("responseFormat").selectOption("json_schema");
  await expect(panel.schema).toHaveValue(/"city"/);
  await panel.close();

  const unfinished = '{\n  "type": "object",\n  "properties": {';
  await panel.open(1);
  await panel.schema.fill(unfinished);
  await expect(panel.dialog).toContainText(
    panel.say("parameters.schema.syntaxAt", { line: 3, column: 18 }),
  );
  await page.reload();
  await panel.open(1);
  await expect(panel.schema).toHaveValue(unfinished);
  await panel.close();
  await chat.ask("Which city now?");
  expect(readLastBody(app.provider.requests())).toMatchObject({
    response_format: { json_schema: { schema } },
  });
  await panel.open(1);
  await panel.schema.press("Control+End");
  await page.keyboard.type("}}");
  await expect(panel.dialog).toContainText(panel.say("parameters.schema.valid"));
  await panel.close();
  await chat.ask("And now?");
  expect(readLastBody(app.provider.requests())).toMatchObject({
    response_format: { json_schema: { schema: { type: "object", properties: {} } } },
  });
});

test("by keyboard alone: open, explain, change, take back, close", async ({ memberPage: page }) => {
  await page.goto("/");
  const panel = new ParameterPanel(page);
  await panel.button(0).focus();
  await page.keyboard.press("Enter");
  await expect(panel.dialog).toBeFocused();
  await expect(panel.dialog).toContainText(panel.say("parameters.panel.about"));
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(page.locator(":focus")).toHaveCSS("outline-style", /solid|auto/, { timeout: 500 });
    await expect(panel.control("temperature")).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0], timeout: 20_000 });
  const sentence = panel.say("parameters.about.temperature");
  await expect(panel.dialog.locator("footer")).toContainText(sentence);
  await expect(panel.control("temperature")).toHaveAccessibleDescription(sentence);
  await page.keyboard.press("ArrowRight");
  await expect(panel.back("temperature")).toBeVisible();
  await panel.back("temperature").press("Enter");
  await expect(panel.number("temperature")).toBeFocused();
  await expect(panel.number("temperature")).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(panel.dialog).toBeHidden();
  await expect(panel.button(0)).toBeFocused();
});

test("an input method's Enter adds no stop sequence", async ({ memberPage: page }) => {
  await page.goto("/");
  const panel = new ParameterPanel(page);
  await panel.open();
  await panel.control("stop").focus();
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
  await expect(panel.control("stop")).toHaveValue("你好");
  await expect(panel.button(0)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(panel.button(1)).toBeVisible();
  await expect(panel.dialog.getByRole("listitem")).toHaveText(["你好"]);
});
