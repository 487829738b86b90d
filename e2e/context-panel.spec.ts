import { adminAccount } from "./fixtures/app";
import { expectAccessible } from "./fixtures/expect-accessible";
import { insertConversation, writePast } from "./fixtures/long-conversation";
import { lastSent } from "./fixtures/sent-text";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { answerAt, askAll, questionAt } from "./pages/message-view";
import { PlanPanel } from "./pages/plan-panel";

/** What one device does shows on another within this time. */
const inStep = { timeout: 2_000 };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1440, height: 900 } };

const questions = ["Alpha one", "Beta two", "Gamma three", "Delta four"];

test.use(desktop);

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

test("the address opens it, a reload keeps it, Back closes it, and another tab follows", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  const chat = await askAll(page, ...questions);
  const address = page.url();
  const plan = new PlanPanel(page);
  await plan.open();
  expect(page.url()).toBe(`${address}?panel=plan`);
  await plan.mark(plan.row("Beta two").last(), "excluded");
  await page.reload();
  await expect(plan.markButton(plan.row("Beta two").last(), "excluded")).toBeVisible();
  await page.goBack();
  await expect(plan.panel).toBeHidden();
  expect(page.url()).toBe(address);
  await expect(chat.answers).toHaveCount(questions.length);

  const elsewhere = await openBrowser(app, member.api, desktop);
  const isListening = elsewhere.waitForResponse(/\/api\/events$/);
  await elsewhere.goto(`${address}?panel=plan`);
  await isListening;
  const there = new PlanPanel(elsewhere);
  await expect(there.markButton(there.row("Beta two").last(), "excluded")).toBeVisible();
  await plan.open();
  await plan.mark(plan.row("Beta two").last(), "pinned");
  await expect(there.markButton(there.row("Beta two").last(), "pinned")).toBeVisible(inStep);
  await there.action(there.say("common.close")).click();
  await expect(there.panel).toBeHidden();
  expect(elsewhere.url()).toBe(address);
});

test("an open panel stays open when a new conversation gets its address", async ({
  memberPage: page,
}) => {
  await page.goto("/?panel=plan");
  const chat = new ChatPage(page);
  const plan = new PlanPanel(page);
  await expect(plan.panel).toContainText(plan.say("context.plan.empty"));
  await chat.ask("Alpha one");
  await expect(plan.row("Alpha one")).toHaveCount(2);
  expect(new URL(page.url()).search).toBe("?panel=plan");
});

test("by keyboard alone: open, keep, undo, go to a message, close", async ({
  memberPage: page,
}) => {
  const chat = await askAll(page, ...questions);
  const plan = new PlanPanel(page);
  await plan.gauge.focus();
  await page.keyboard.press("Enter");
  await expect(plan.panel).toBeFocused();
  await plan.list.waitFor();
  const row = plan.row("Alpha one").last();
  const button = plan.markButton(row, "auto");
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(page.locator(":focus")).toHaveCSS("outline-style", /solid|auto/, { timeout: 500 });
    await expect(button).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0], timeout: 30_000 });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitemradio").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitemradio").nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(plan.markButton(row, "pinned")).toBeFocused();
  await page.keyboard.press("F8");
  await page.keyboard.press("Enter");
  await expect(plan.markButton(row, "auto")).toBeVisible();
  await row.getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await expect(questionAt(chat, 0).article).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(plan.panel).toBeHidden();
  await expect(plan.gauge).toBeFocused();
});

test("Escape in the panel closes it and leaves the answer alone", async ({
  app,
  memberPage: page,
}) => {
  const chat = await askAll(page, "Alpha one");
  await chat.pickModel("gate");
  const plan = new PlanPanel(page);
  await plan.open();
  await chat.send("Slowly");
  await expect(chat.stopButton).toBeVisible();
  await expect(plan.list).toContainText(plan.say("context.plan.live"));
  // Also while an answer is on its way.
  await plan.mark(plan.row("Alpha one").last(), "pinned");
  await plan.panel.focus();
  await page.keyboard.press("Escape");
  await expect(plan.panel).toBeHidden();
  await expect(chat.stopButton).toBeVisible();
  app.provider.release();
  await chat.waitUntilAnswered();
});

test("a long conversation is listed page by page, folded, and one goes from it to a message", async ({
  openBrowser,
  startApp,
}) => {
  test.setTimeout(120_000);
  const app = await startApp({ isConnected: true });
  const id = await insertConversation(app, adminAccount.email, writePast(400));
  const page = await openBrowser(app, app.admin, desktop);
  await page.goto(`/c/${id}?panel=plan`);
  const plan = new PlanPanel(page);
  const fold = plan.list.getByRole("button", { name: plan.say("context.plan.show") });
  await expect(fold).toHaveCount(1);
  await expect(plan.list.getByRole("listitem")).toHaveCount(21);
  await plan.action(plan.say("context.plan.older")).click();
  await expect(fold).toContainText(plan.say("context.plan.runMany", { count: 180 }));
  await fold.click();
  const row = plan.row("Question number 221.");
  await row.getByRole("button").first().click();
  const article = page.getByRole("article").filter({ hasText: "Question number 221." });
  await expect(article).toBeInViewport();
  await plan.mark(row, "pinned");
  await expect(row).toContainText(plan.say("context.reasons.pinned"));
});

/** What was said in passing stands beside the panel, or at the foot of one that covers the page. */
async function expectClear(plan: PlanPanel, isCovering: boolean): Promise<void> {
  const { page, panel, say } = plan;
  const notice = page
    .getByRole("region", { name: say("common.notifications"), exact: true })
    .getByRole("status")
    .last();
  await expect
    .poll(async () => {
      const [said, shown] = [await notice.boundingBox(), await panel.boundingBox()];
      if (said === null || shown === null) return "not there";
      if (said.x + said.width <= shown.x) return "beside";
      return said.y > shown.y + shown.height / 2 ? "foot" : "head";
    })
    .toBe(isCovering ? "foot" : "beside");
}

for (const language of ["en", "zh-CN"] as const) {
  for (const [size, device] of [
    ["desktop", desktop],
    ["phone", phone],
  ] as const) {
    test(`${language}, ${size}: opened by the gauge, changed, without barriers, closed again`, async ({
      app,
      member,
      openBrowser,
    }) => {
      const id = await member.api.completeTurn("Alpha one");
      for (const text of questions.slice(1)) {
        await member.api.completeTurn(text, { conversationId: id });
      }
      const page = await openBrowser(app, member.api, { locale: language, ...device });
      await page.goto(`/c/${id}`);
      const chat = new ChatPage(page, language);
      const plan = new PlanPanel(page, language);
      await plan.open();
      await plan.mark(plan.row("Beta two").last(), "pinned");
      await plan.mark(plan.row("Gamma three").last(), "excluded");
      await expectClear(plan, size === "phone");
      await plan.openPolicy();
      await expect(plan.policy("rounds")).toBeVisible();
      await expectAccessible(page);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBe(0);
      await plan.row("Alpha one").last().getByRole("button").first().click();
      await expect(questionAt(chat, 0).article).toBeInViewport();
      if (size === "desktop") await plan.action(plan.say("common.close")).click();
      await expect(plan.panel).toBeHidden();
      await expect(answerAt(chat, 0).article).toBeVisible();
      await chat.ask("Epsilon");
      expect(lastSent(app).split("\n")).not.toContain("Gamma three");
    });
  }
}
