import type { ApiClient } from "./fixtures/api-client";
import { describeForTest, readGauge, undoDescriptions } from "./fixtures/context";
import { lastSent } from "./fixtures/sent-text";
import {
  converse,
  sentWith,
  summaryPolicy,
  summaryPrompt,
  waitForSummary,
} from "./fixtures/summaries";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { PlanPanel } from "./pages/plan-panel";
import { SummaryView } from "./pages/summary-view";

// What context-plan, context-gauge and context-summary try in English, in one go.
const language = "zh-CN";
const device = { locale: language, viewport: { width: 1440, height: 900 } };

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test.afterEach(undoDescriptions);

/** @returns the conversation's id. */
async function askInChinese(api: ApiClient, questions: readonly string[]): Promise<string> {
  const [first = "", ...more] = questions;
  const id = await api.completeTurn(first);
  for (const text of more) await api.completeTurn(text, { conversationId: id });
  return id;
}

test("in Chinese: a policy, a start, and a smaller model in mid-conversation are seen on the wire", async ({
  app,
  member,
  openBrowser,
}) => {
  await app.play("plain");
  await describeForTest(app, "plain", { contextWindow: 64_000 });
  await describeForTest(app, "brief", { contextWindow: 1_200 });
  const id = await askInChinese(member.api, ["港口甲", "港口乙", "港口丙", "港口丁"]);
  const page = await openBrowser(app, member.api, device);
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page, language);
  const plan = new PlanPanel(page, language);
  await plan.open();

  await plan.openPolicy();
  await plan.policy("rounds").check();
  await plan.number("roundsLabel").fill("2");
  await plan.number("roundsLabel").press("Enter");
  await expect(plan.row("港口乙").last()).toContainText(
    plan.say("context.reasons.over_rounds", { rounds: 2 }),
  );
  await chat.ask("只带两轮");
  expect(lastSent(app)).toContain("港口丙");
  expect(lastSent(app)).not.toContain("港口乙");
  await plan.policy("window").check();
  await expect(plan.row("港口乙").last()).toContainText(plan.say("context.plan.states.kept"));

  await plan.startFrom(plan.row("港口丁").last());
  await expect(plan.list).toContainText(plan.say("context.reasons.before_start"));
  await chat.ask("从这里开始");
  expect(lastSent(app)).toContain("港口丁");
  expect(lastSent(app)).not.toContain("港口丙");
  await plan.startOver.click();
  await expect(plan.startOver).toBeHidden();

  await chat.pickModel("brief");
  await expect.poll(async () => (await readGauge(plan))[1]).toBe(1_200);
  await chat.ask("这是一段很长的话。".repeat(90));
  await chat.ask("再来一段更长的话。".repeat(90));
  await expect(page.getByText(plan.say("context.line.left_out"), { exact: true })).toHaveCount(1);
  expect(app.provider.requests().at(-1)?.body).toMatchObject({ model: "brief" });
  expect(lastSent(app)).not.toContain("港口甲");
});

test("in Chinese: a summary is redone by another model, and switched off", async ({
  app,
  member,
  openBrowser,
}) => {
  await app.play("sums");
  await member.api.send("PATCH", "/api/me", {
    systemPrompt: summaryPrompt,
    contextPolicy: summaryPolicy,
  });
  const id = await converse(member.api, 3, language);
  await waitForSummary(member.api, id, "FACT-2");
  const page = await openBrowser(app, member.api, device);
  const chat = new ChatPage(page, language);
  const summary = new SummaryView(page, language);
  const madeBy = (model: string) => summary.say("context.summary.madeBy", { model });
  await summary.open(id);
  await expect(summary.section).toContainText(madeBy("sums"));
  await summary.redo("sums-slow");
  await expect(summary.section).toContainText(summary.say("context.summary.runningHint"));
  app.provider.release();
  await expect(summary.section).toContainText(madeBy("sums-slow"));
  await expect(summary.section).toContainText("摘要：谈到了 FACT-1");

  await summary.isOn.click();
  await expect(summary.section).toContainText(summary.say("context.summary.off"));
  await chat.ask("没有摘要呢？");
  expect(sentWith(app, "没有摘要呢？")[0]).toMatchObject({ content: summaryPrompt });
});
