import { expectAccessible } from "./fixtures/expect-accessible";
import { converse, sentWith, summaryPolicy, summaryPrompt } from "./fixtures/summaries";
import { expect, test } from "./fixtures/test";
import { words } from "./words";

test.beforeEach(async ({ app, member }) => {
  app.provider.reset();
  await app.play("sums");
  await member.api.send("PATCH", "/api/me", {
    systemPrompt: summaryPrompt,
    contextPolicy: summaryPolicy,
  });
});

test.afterEach(async ({ app }) => {
  await app.undoSettings();
});

test("one's own default: it holds for new conversations, and goes back to the team's", async ({
  app,
  member,
  memberPage: page,
}) => {
  const say = words("en");
  await page.goto("/settings/profile");
  const choices = page.getByRole("group", {
    name: say("settings.contextSettings.ownPolicy.label"),
  });
  const choice = (name: string) => choices.getByRole("radio", { name, exact: true });
  const inherited = choice(say("settings.contextSettings.ownPolicy.inherited"));
  await expect(choice(say("context.policyFields.summary.title"))).toBeChecked();
  await expectAccessible(page);

  await choice(say("context.policyFields.rounds.title")).check();
  await expect(page.getByText(say("common.saved"))).toBeVisible();
  const rounds = choices.getByLabel(say("context.policyFields.roundsLabel"), { exact: true });
  await rounds.fill("0");
  await rounds.press("Enter");
  await expect(choices).toContainText(
    say("context.policyFields.numberInvalid", { min: 1, max: 1000 }),
  );
  await rounds.fill("2");
  await rounds.press("Enter");
  await expect
    .poll(async () => (await member.api.read<{ contextPolicy: unknown }>("/api/me")).contextPolicy)
    .toMatchObject({ kind: "rounds", rounds: 2 });
  await converse(member.api, 4);
  const sent = JSON.stringify(sentWith(app, "Please remember FACT-4"));
  expect(sent).toContain("FACT-2");
  expect(sent).not.toContain("FACT-1");

  await inherited.check();
  await expect
    .poll(async () => (await member.api.read<{ contextPolicy: unknown }>("/api/me")).contextPolicy)
    .toBeNull();
  await page.reload();
  await expect(inherited).toBeChecked();
});

test("the instance's default and the model that makes summaries, each with an undo", async ({
  app,
  openBrowser,
}) => {
  await app.changeSettings({});
  const say = words("zh-CN");
  const page = await openBrowser(app, app.admin, { locale: "zh-CN" });
  await page.goto("/settings/instance");
  const choices = page.getByRole("group", { name: say("settings.contextSettings.policy.label") });
  const choice = (name: string) => choices.getByRole("radio", { name, exact: true });
  await choice(say("context.policyFields.tokens.title")).check();
  const tokens = choices.getByLabel(say("context.policyFields.tokensLabel"), { exact: true });
  await tokens.fill("16,000");
  await tokens.press("Enter");
  const settings = () =>
    app.admin.read<{ contextPolicy: unknown; summaryModelId: string | null }>(
      "/api/admin/settings",
    );
  await expect
    .poll(async () => (await settings()).contextPolicy)
    .toMatchObject({ kind: "tokens", tokens: 16_000 });
  const model = page.getByLabel(say("settings.contextSettings.summaryModel.label"));
  await model.selectOption({ label: "sums-slow" });
  await expect.poll(async () => (await settings()).summaryModelId).toBe(app.modelId("sums-slow"));
  await expectAccessible(page);
  await page
    .getByRole("button", { name: say("common.undo"), exact: true })
    .last()
    .click();
  await expect.poll(async () => (await settings()).summaryModelId).toBeNull();
  await expect(model).toHaveValue("");
});
