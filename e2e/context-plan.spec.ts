import type { ContextPolicy } from "@/lib/contracts/context";
import type { ApiClient } from "./fixtures/api-client";
import { lastSent } from "./fixtures/sent-text";
import { expect, test } from "./fixtures/test";
import { askAll, questionAt } from "./pages/message-view";
import { PlanPanel } from "./pages/plan-panel";

const desktop = { viewport: { width: 1440, height: 900 } };

const questions = ["Alpha one", "Beta two", "Gamma three", "Delta four"];

async function keepPolicy(api: ApiClient, id: string, change: Partial<ContextPolicy>) {
  const contextPolicy = { kind: "rounds", rounds: 10, tokens: 32_000, ...change };
  const answer = await api.request("PATCH", `/api/conversations/${id}`, { contextPolicy });
  expect(answer.ok).toBe(true);
}

test.use(desktop);

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

test("what one says of messages is what goes over the wire, and each can be taken back", async ({
  app,
  member,
  memberPage: page,
}) => {
  const chat = await askAll(page, ...questions);
  const plan = new PlanPanel(page);
  await keepPolicy(member.api, chat.conversationId, { rounds: 1 });
  await plan.open();
  const alpha = plan.row("Alpha one").last();
  const delta = plan.row("Delta four").last();
  await expect(alpha).toContainText(plan.say("context.reasons.over_rounds", { rounds: 1 }));
  await expect(delta).toContainText(plan.say("context.plan.states.kept"));

  // Pinned although it is older than the last round.
  await plan.mark(alpha, "pinned");
  await expect(alpha).toContainText(plan.say("context.reasons.pinned"));
  await chat.ask("With a pin");
  expect(lastSent(app)).toContain("Alpha one");
  expect(lastSent(app)).not.toContain("Beta two");
  await plan.mark(alpha, "auto");
  await chat.ask("Without a pin");
  expect(lastSent(app)).not.toContain("Alpha one");

  // Left out although it is among the last rounds.
  const pin = plan.row("With a pin").last();
  await keepPolicy(member.api, chat.conversationId, { rounds: 10 });
  await expect(pin).toContainText(plan.say("context.plan.states.kept"));
  await plan.mark(pin, "excluded");
  await expect(pin).toContainText(plan.say("context.reasons.excluded"));
  await chat.ask("Less of it");
  expect(lastSent(app)).toContain("Alpha one");
  expect(lastSent(app).split("\n")).not.toContain("With a pin");
  await plan.mark(pin, "auto");
  await plan.mark(pin, "excluded");
  await plan.undo("excluded");
  await expect(plan.markButton(pin, "auto")).toBeVisible();
  await chat.ask("All of it");
  expect(lastSent(app).split("\n")).toContain("With a pin");

  // Nothing before the start, until one starts from the beginning again.
  await plan.startFrom(plan.row("Less of it").last());
  await expect(plan.list).toContainText(plan.say("context.reasons.before_start"));
  await chat.ask("From there");
  expect(lastSent(app)).toContain("Less of it");
  expect(lastSent(app)).not.toContain("Delta four");
  await plan.startOver.click();
  await expect(plan.startOver).toBeHidden();
  await chat.ask("From the beginning");
  expect(lastSent(app)).toContain("Alpha one");
});

test("each policy is seen on the wire, says what it is, and can be taken back", async ({
  app,
  memberPage: page,
}) => {
  const long = "word ".repeat(400);
  const chat = await askAll(page, `Alpha one ${long}`, "Beta two", "Gamma three");
  const plan = new PlanPanel(page);
  await plan.open();
  await expect(plan.panel).toContainText(plan.say("context.policy.from.instance"));
  await plan.openPolicy();
  await plan.policy("rounds").check();
  await plan.number("roundsLabel").fill("1");
  await plan.number("roundsLabel").press("Enter");
  await expect(plan.row("Beta two").last()).toContainText(
    plan.say("context.reasons.over_rounds", { rounds: 1 }),
  );
  await chat.ask("One round");
  expect(lastSent(app)).toContain("Gamma three");
  expect(lastSent(app)).not.toContain("Beta two");

  await plan.policy("tokens").check();
  await plan.number("tokensLabel").fill("500");
  await plan.number("tokensLabel").press("Enter");
  await expect(plan.row("Alpha one").first()).toContainText(
    plan.say("context.reasons.over_tokens", { tokens: 500 }),
  );
  await chat.ask("So many tokens");
  expect(lastSent(app)).toContain("Beta two");
  expect(lastSent(app)).not.toContain("Alpha one");

  await plan.policy("window").check();
  await expect(plan.number("unknownTokensLabel")).toHaveValue("500");
  await plan.number("unknownTokensLabel").fill("32000");
  await plan.number("unknownTokensLabel").press("Enter");
  await expect(plan.row("Alpha one").first()).toContainText(plan.say("context.plan.states.kept"));
  await chat.ask("All there is");
  expect(lastSent(app)).toContain("Alpha one");

  // Back to what holds for everybody, and back again.
  await plan.panel
    .getByRole("radio", { name: plan.say("context.policy.from.instance"), exact: true })
    .check();
  await expect(plan.policy("window")).not.toBeChecked();
  await plan.undo("policyDefault");
  await expect(plan.policy("window")).toBeChecked();
});

test("what is said of one branch is not said of another", async ({ app, memberPage: page }) => {
  const chat = await askAll(page, "Alpha one", "Beta two");
  await questionAt(chat, 1).edit();
  await questionAt(chat, 1).field.fill("Beta otherwise");
  await questionAt(chat, 1).field.press("Enter");
  await expect(chat.lastAnswer).toContainText("You said: Beta otherwise");
  await chat.waitUntilAnswered();
  const plan = new PlanPanel(page);
  await plan.open();
  await plan.mark(plan.row("Alpha one").last(), "excluded");
  await chat.ask("Here");
  expect(lastSent(app).split("\n")).not.toContain("Alpha one");

  await questionAt(chat, 1).article.hover();
  await questionAt(chat, 1).previous.click();
  await expect(chat.lastAnswer).toContainText("You said: Beta two");
  await expect(plan.markButton(plan.row("Alpha one").last(), "auto")).toBeVisible();
  await chat.ask("There");
  expect(lastSent(app).split("\n")).toContain("Alpha one");

  await questionAt(chat, 1).article.hover();
  await questionAt(chat, 1).next.click();
  await expect(plan.markButton(plan.row("Alpha one").last(), "excluded")).toBeVisible();
});

test("a message's own menu says the same", async ({ app, memberPage: page }) => {
  const chat = await askAll(page, ...questions);
  const plan = new PlanPanel(page);
  const choose = async (key: "keep" | "leaveOut" | "leaveOutNot" | "startHere" | "startOver") => {
    const message = questionAt(chat, 1);
    await message.article.hover();
    await message.button(plan.say("chat.message.more")).click();
    await page
      .getByRole("menuitem", { name: plan.say(`context.marks.${key}`), exact: true })
      .click();
  };
  await choose("leaveOut");
  await expect(page.getByText(plan.say("context.actions.excluded"))).toBeVisible();
  await chat.ask("Without it");
  expect(lastSent(app).split("\n")).not.toContain("Beta two");
  await choose("leaveOutNot");
  await expect(page.getByText(plan.say("context.actions.auto"))).toBeVisible();
  await choose("startHere");
  await expect(page.getByText(plan.say("context.actions.start"))).toBeVisible();
  await chat.ask("From it on");
  expect(lastSent(app).split("\n")).toContain("Beta two");
  expect(lastSent(app)).not.toContain("Alpha one");
  await choose("startOver");
  await expect(page.getByText(plan.say("context.actions.startUndone"))).toBeVisible();
  await chat.ask("All of it");
  expect(lastSent(app)).toContain("Alpha one");
});
