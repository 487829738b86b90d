import { askMany, describeForTest, readGauge, undoDescriptions } from "./fixtures/context";
import { expectAccessible } from "./fixtures/expect-accessible";
import { converse, waitForSummary } from "./fixtures/summaries";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { PlanPanel } from "./pages/plan-panel";

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

test.afterEach(undoDescriptions);

test("a message that is too long for its model says so, with a larger one at hand", async ({
  app,
  memberPage: page,
}) => {
  await describeForTest(app, "echo", { contextWindow: 1_000 });
  await describeForTest(app, "plain", { contextWindow: 1_000_000 });
  await page.goto("/");
  const chat = new ChatPage(page);
  const plan = new PlanPanel(page);
  await page.getByRole("button", { name: new RegExp("^Model") }).click();
  await chat.modelOption("echo").click();
  await expect.poll(async () => (await readGauge(plan))[1]).toBe(1_000);
  await chat.composer.fill("word ".repeat(60_000));
  const way = page.getByRole("button", { name: /^Use .+ \(1M\)$/ });
  await expect(way).toBeVisible({ timeout: 20_000 });
  expect((await chat.composer.inputValue()).length).toBe(300_000);
  await plan.open();
  await expect(plan.list).toContainText(plan.say("context.reasons.too_long"));
  await way.click();
  await expect(way).toHaveCount(0);
  await expect(chat.sendButton).toBeEnabled();
});

test("what can't be sent at all stays in the composer, and the sentence says why", async ({
  app,
  member,
  memberPage: page,
}) => {
  await describeForTest(app, "plain", { contextWindow: 1_500 });
  const id = await askMany(member.api, 1, app.modelId("plain"));
  await member.api.send("PATCH", `/api/conversations/${id}`, {
    systemPrompt: "A rule to keep. ".repeat(1_000),
  });
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page);
  await chat.composer.fill("Too much already");
  await expect(page.getByRole("alert").filter({ hasText: "too long for the model" })).toBeVisible();
  await expect(chat.sendButton).toBeDisabled();
  await chat.composer.press("Enter");
  await expect(chat.composer).toHaveValue("Too much already");
  await member.api.send("PATCH", `/api/conversations/${id}`, { systemPrompt: null });
  await expect(chat.sendButton).toBeEnabled();
});

test("a conversation that forgets says so once, with what can be done about it", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("sums");
  await describeForTest(app, "sums", { contextWindow: 64_000 });
  const id = await converse(member.api, 4);
  const contextPolicy = { kind: "rounds", rounds: 1, tokens: 32_000 };
  await member.api.send("PATCH", `/api/conversations/${id}`, { contextPolicy });
  await page.goto(`/c/${id}`);
  const plan = new PlanPanel(page);
  const warning = page.getByRole("status").getByText(plan.say("context.warnings.forgetting"));
  await expect(warning).toBeAttached();
  await expect(
    page.getByRole("button", { name: plan.say("context.warnings.successor") }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: plan.say("context.warnings.summarise") }).click();
  await expect
    .poll(async () => {
      const kept = await member.api.read<{ contextPolicy: unknown }>(`/api/conversations/${id}`);
      return kept.contextPolicy;
    })
    .toMatchObject({ kind: "summary", rounds: 1 });
  await page
    .getByRole("status")
    .filter({ hasText: plan.say("context.actions.policy") })
    .getByRole("button", { name: plan.say("context.actions.undo"), exact: true })
    .click();
  await expect(warning).toBeAttached();
  // It was begun at once, and not after a turn that would send all of it word for word.
  await waitForSummary(member.api, id, "FACT-3");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: plan.say("context.warnings.dismiss") }).click();
  await expect(warning).toHaveCount(0);
  await page.reload();
  await readGauge(plan);
  await expect(warning).toHaveCount(0);
});

test("where one lets the context start, the line says so", async ({
  app,
  member,
  memberPage: page,
}) => {
  await describeForTest(app, "plain", { contextWindow: 64_000 });
  const id = await askMany(member.api, 3, app.modelId("plain"));
  const { messages } = await member.api.read<{ messages: { id: string }[] }>(
    `/api/conversations/${id}/messages?limit=100`,
  );
  await page.goto(`/c/${id}`);
  const plan = new PlanPanel(page);
  await readGauge(plan);
  await member.api.send("PATCH", `/api/messages/${messages[2]?.id ?? ""}`, {
    isContextStart: true,
  });
  await expect(page.getByText(plan.say("context.line.start"), { exact: true })).toBeVisible();
  await expect(page.locator("[data-fate=left_out]")).toHaveCount(2);
});
