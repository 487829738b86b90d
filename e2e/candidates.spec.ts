import { describeForTest, readGauge, undoDescriptions } from "./fixtures/context";
import { readConversation, readMessagesOf } from "./fixtures/conversation";
import { expectAccessible } from "./fixtures/expect-accessible";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { answerAt } from "./pages/message-view";
import { PlanPanel } from "./pages/plan-panel";
import { SideBySide } from "./pages/side-by-side";

const lastAnswer = (chat: ChatPage) => answerAt(chat, -1);

const firstHalf = "The first half is here.";
const secondHalf = "The second half is here too.";

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

let budgets: string[] = [];

test.afterEach(async ({ app }) => {
  for (const id of budgets) await app.admin.send("DELETE", `/api/admin/budgets/${id}`);
  budgets = [];
  await undoDescriptions();
});

test("three models answer side by side, through a reload, and one is chosen to go on with", async ({
  app,
  member,
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const sides = new SideBySide(page);
  await sides.compare("gate", "plain", "reasoning");
  await expect(sides.chip("plain")).toBeVisible();
  await chat.send("Who are you?");
  const [gate, plain] = [sides.column(1, 3, "gate"), sides.column(2, 3, "plain")];
  await expect(gate).toContainText(firstHalf);
  await expect(plain).toContainText("You said: Who are you?");
  await expect(sides.column(3, 3, "reasoning")).toHaveAttribute("aria-busy", "false");
  await expect(gate).toHaveAttribute("aria-busy", "true");
  await expect(sides.figures(plain)).toContainText(sides.say("candidates.figures.costUnknown"));

  await page.reload();
  await expect(gate).toContainText(firstHalf);
  await expect(plain).toContainText("You said: Who are you?");
  app.provider.release();
  await expect(gate).toContainText(secondHalf);
  await expect(gate).toHaveAttribute("aria-busy", "false");
  expect(app.provider.requests()).toHaveLength(3);
  await expectAccessible(page);

  await sides.goOn(2, "plain").click();
  await expect(sides.region(3)).toBeHidden();
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.lastAnswer).toContainText("You said: Who are you?");
  await expect(lastAnswer(chat).version(2, 3)).toBeVisible();
  await expect
    .poll(async () => (await readConversation(member.api, chat.conversationId)).modelId)
    .toBe(app.modelId("plain"));

  await sides.stopComparing();
  await chat.ask("Go on");
  await expect(chat.lastAnswer).toContainText("You said: Go on");
  const messages = await readMessagesOf(member.api, chat.conversationId);
  expect(messages.map(({ model }) => model)).toEqual([null, "plain", null, "plain"]);
});

test("before it is sent, gauge, cost and budgets are those of every chosen model", async ({
  app,
  member,
  memberPage: page,
}) => {
  await describeForTest(app, "plain", { contextWindow: 8_000 });
  await describeForTest(app, "echo", { contextWindow: 4_000 });
  const { id: subjectId } = await member.api.read<{ id: string }>("/api/me");
  // Room for a whole answer of the first, and for part of one of the second.
  const { id } = await app.admin.send<{ id: string }>("POST", "/api/admin/budgets", {
    ...{ scope: "user", subjectId, name: "Pocket", unit: "tokens", period: "day", limit: 10_000 },
  });
  budgets.push(id);
  await page.goto("/");
  const chat = new ChatPage(page);
  const plan = new PlanPanel(page);
  const sides = new SideBySide(page);
  await chat.pickModel("plain");
  await chat.composer.fill("Who are you?");
  await expect.poll(async () => (await readGauge(plan))[1]).toBe(8_000);
  const line = page.locator("p").filter({ hasText: "The answer of echo is kept to about" });

  await sides.compare("plain", "echo");
  await expect(plan.gauge).toHaveAccessibleName(
    /of 4,000 tokens, about ¥\S+ in all \(echo, the fullest of 2\)$/,
  );
  await expect(line).toContainText("“Pocket”");
  await plan.gauge.click();
  const models = plan.panel.getByRole("list", { name: plan.say("context.plan.comparedList") });
  await expect(models.getByRole("listitem")).toHaveText([/plain.*8,000.*¥/, /echo.*4,000.*¥/]);
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await sides.stopComparing();
  await expect.poll(async () => (await readGauge(plan))[1]).toBe(8_000);
  await expect(line).toHaveCount(0);
});

test("however many models there are to compare, the buttons stay in reach", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const sides = new SideBySide(page);
  await sides.openPanel();
  await sides.panel.getByRole("checkbox").last().check();
  await expect(sides.start).toBeEnabled();
  await expect(sides.start).toBeInViewport({ ratio: 1 });
  await expect(sides.panel.getByRole("heading")).toBeInViewport({ ratio: 1 });
});

test("among many models to compare one types for those wanted; what was chosen stays chosen", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const sides = new SideBySide(page);
  await sides.openPanel();
  const boxes = sides.panel.getByRole("checkbox");
  for (const box of await boxes.all()) await box.setChecked(false);
  await sides.search.fill("echo");
  await sides.panel.getByRole("checkbox", { name: "echo", exact: true }).check();
  await sides.search.fill("no such model");
  await expect(boxes).toHaveCount(0);
  await expect(
    sides.panel.getByText(sides.say("parameters.picker.none", { query: "no such model" })),
  ).toBeVisible();
  await sides.search.fill("plain");
  await sides.panel.getByRole("checkbox", { name: "plain", exact: true }).check();
  await expectAccessible(page);
  await sides.start.click();
  await expect(sides.chip("echo")).toBeVisible();
  await expect(sides.chip("plain")).toBeVisible();
  await chat.send("Who are you?");
  await expect(sides.column(1, 2, "echo")).toHaveAttribute("aria-busy", "false");
});

test("the answers beside one can be seen again, and are its other versions", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const sides = new SideBySide(page);
  await sides.compare("plain", "echo");
  await chat.send("Once more");
  await expect(sides.column(2, 2, "echo")).toHaveAttribute("aria-busy", "false");
  await sides.close.click();
  await expect(chat.lastAnswer).toContainText("You said: Once more");
  await lastAnswer(chat).next.click();
  await expect(chat.lastAnswer).toContainText("Once more");
  await expect(lastAnswer(chat).version(2, 2)).toBeVisible();

  await page.reload();
  await chat.lastAnswer.hover();
  await sides.open.click();
  await expect(sides.column(1, 2, "plain")).toContainText("You said: Once more");
  await expect(sides.figures(sides.column(2, 2, "echo"))).toBeVisible();
  await sides.goOn(1, "plain").click();
  await expect(lastAnswer(chat).version(1, 2)).toBeVisible();
});

test("one is stopped without the others, or all at once", async ({ app, memberPage: page }) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const sides = new SideBySide(page);
  await sides.compare("gate", "slow");
  await chat.send("Wait for me");
  const [gate, slow] = [sides.column(1, 2, "gate"), sides.column(2, 2, "slow")];
  await expect(gate).toContainText(firstHalf);
  await sides.stop(gate).click();
  await expect(gate).toContainText(chat.say("chat.message.stopped"));
  await expect(slow).toHaveAttribute("aria-busy", "true");
  await chat.stopButton.click();
  await expect(slow).toContainText(chat.say("chat.message.stopped"));
  await expect(chat.sendButton).toBeVisible();
  expect(app.provider.requests().every(({ isClosedByClient }) => isClosedByClient)).toBe(true);
});

test("a failure stays with its model, and what waits goes out when all are done", async ({
  app,
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const sides = new SideBySide(page);
  await sides.compare("error-400", "gate");
  await chat.send("Try this");
  const gate = sides.column(2, 2, "gate");
  await expect(gate).toContainText(firstHalf);
  await expect(sides.column(1, 2, "error-400")).toHaveAttribute("aria-busy", "false");
  await sides.stopComparing();
  await chat.send("And this");
  await expect(page.getByText(chat.say("chat.queue.waiting", { count: 1 }))).toBeVisible();
  app.provider.release();
  await expect(chat.questions).toHaveCount(2);
  // What failed is passed over: the conversation goes on with the one that is whole.
  await expect(chat.answers.first()).toContainText(secondHalf);
});

test("where nothing came of any, the question can be asked again", async ({ memberPage: page }) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const sides = new SideBySide(page);
  await sides.compare("error-400", "error-413");
  await chat.send("Try this");
  const retry = chat.button(chat.say("chat.message.retry"));
  await expect(retry).toBeEnabled();
  await expect(sides.region(2)).toBeVisible();
  await sides.stopComparing();
  await chat.pickModel("plain");
  await retry.click();
  await expect(chat.lastAnswer).toContainText("You said: Try this");
  await expect(sides.region(2)).toBeHidden();
});

test("two candidates of one model stream together", async ({ app, member, memberPage: page }) => {
  await app.play("gate");
  const id = await member.api.completeTurn("First", { model: app.modelId("plain") });
  await member.api.send("PATCH", `/api/conversations/${id}`, {
    parameters: { n: 2 },
    modelId: app.modelId("gate"),
  });
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page);
  const sides = new SideBySide(page);
  await chat.send("Twice");
  for (const at of [1, 2]) await expect(sides.column(at, 2, "gate")).toContainText(firstHalf);
  for (const at of [1, 2]) {
    app.provider.release();
    await expect(sides.region(2).getByText(secondHalf)).toHaveCount(at);
  }
  await sides.goOn(2, "gate").click();
  await expect(lastAnswer(chat).version(2, 2)).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("one answer is shown at a time, and the others are a tap away", async ({
    memberPage: page,
  }) => {
    await page.goto("/");
    const chat = new ChatPage(page);
    const sides = new SideBySide(page);
    await sides.compare("plain", "echo");
    await chat.send("On the way");
    const [plain, echo] = [sides.column(1, 2, "plain"), sides.column(2, 2, "echo")];
    await expect(echo).toHaveAttribute("aria-busy", "false");
    await expect(plain).toBeInViewport();
    await expect(echo).not.toBeInViewport();
    await sides.tab(2, 2, "echo").tap();
    await expect(echo).toBeInViewport();
    await expect(sides.tab(2, 2, "echo")).toHaveAttribute("aria-pressed", "true");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await sides.goOn(2, "echo").tap();
    await expect(lastAnswer(chat).version(2, 2)).toBeVisible();
  });
});
