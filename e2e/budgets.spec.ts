import type { Locator, Page } from "@playwright/test";
import type { App } from "./fixtures/app";
import { expectAccessible } from "./fixtures/expect-accessible";
import { countCallsWith } from "./fixtures/received-chat";
import { expect, test, type Member } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { words, type Language, type Words } from "./words";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let undo: (() => Promise<unknown>)[] = [];

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

test.afterEach(async () => {
  for (const step of undo.toReversed()) await step();
  undo = [];
});

/** What an admin does on the page of budgets, in the order of its dialogs. */
class BudgetsPage {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  row(name: string): Locator {
    return this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("heading", { name, exact: false }) });
  }

  field(name: string): Locator {
    return this.dialog.getByLabel(name, { exact: true });
  }

  async save(): Promise<void> {
    await this.dialog.getByRole("button", { name: this.say("common.save") }).click();
    await expect(this.dialog).toHaveCount(0);
  }

  async addGroup(name: string, { email }: Member): Promise<void> {
    await this.page.getByRole("button", { name: this.say("budgets.groups.add") }).click();
    await this.field(this.say("budgets.groups.name")).fill(name);
    await this.dialog.getByRole("checkbox", { name: new RegExp(email) }).check();
    await this.save();
  }

  async addBudget(name: string, group: string, limit: string): Promise<void> {
    await this.page.getByRole("button", { name: this.say("budgets.add"), exact: true }).click();
    await this.field(this.say("budgets.dialog.scope")).selectOption("group");
    await this.field(this.say("budgets.dialog.group")).selectOption({ label: group });
    await this.field(this.say("budgets.dialog.unit")).selectOption("tokens");
    await this.field(this.limitLabel).fill(limit);
    await this.field(this.say("budgets.dialog.name")).fill(name);
    await this.save();
  }

  get limitLabel(): string {
    return this.say("budgets.dialog.limit", { unit: this.say("budgets.units.tokens") });
  }

  async choose(label: string, action: string): Promise<void> {
    await this.page.getByRole("button", { name: label, exact: true }).click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }

  /** Deletes what asks for its name first. */
  async remove(label: string, name: string): Promise<void> {
    await this.choose(label, this.say("budgets.remove"));
    const button = this.dialog.getByRole("button", { name: this.say("budgets.remove") });
    await expect(button).toBeDisabled();
    await this.dialog.getByRole("textbox").fill(name);
    await button.click();
    await expect(this.dialog).toHaveCount(0);
  }
}

/** Gives somebody a budget in tokens by the day, until the test ends. @returns its path. */
async function giveBudget(
  app: App,
  { api }: Member,
  budget: { name: string; limit: number; isHard?: boolean },
): Promise<string> {
  const { id: subjectId } = await api.read<{ id: string }>("/api/me");
  const { id } = await app.admin.send<{ id: string }>("POST", "/api/admin/budgets", {
    ...{ scope: "user", subjectId, unit: "tokens", period: "day" },
    ...budget,
  });
  const path = `/api/admin/budgets/${id}`;
  undo.push(() => app.admin.send("DELETE", path));
  return path;
}

/** The line above the composer that people see; what is read aloud says the same. */
const lineOf = (page: Page, text: string) => page.locator("p").filter({ hasText: text });

test("a group’s budget: its member is told before sending, refused with the text kept, and goes on once there is room", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  // Two people, a refusal and a whole answer, and barriers looked for in both themes.
  test.slow();
  const group = `Lab ${member.email}`;
  const name = `Budget of ${member.email}`;
  const budgets = new BudgetsPage(await openBrowser(app, app.admin));
  await budgets.page.goto("/settings/budgets");
  await budgets.addGroup(group, member);
  await budgets.addBudget(name, group, "200");
  await expect(budgets.row(name)).toContainText("200 tokens left");
  await expectAccessible(budgets.page);

  await page.goto("/settings/usage");
  await expect(page.getByRole("heading", { name })).toBeVisible();

  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.composer.fill("How high is the mountain?");
  await expect(lineOf(page, `The budget “${name}” has no room for this turn`)).toBeVisible();
  await expectAccessible(page);
  await chat.composer.press("Enter");
  await expect(chat.failure).toContainText(name);
  await expect(chat.questions.last()).toContainText("How high is the mountain?");
  expect(countCallsWith(app.provider.requests(), "How high is the mountain?")).toBe(0);

  await budgets.choose(budgets.say("budgets.row.more", { name }), budgets.say("common.edit"));
  await budgets.field(budgets.limitLabel).fill("100000");
  await budgets.save();
  await expect(budgets.row(name)).toContainText("100,000 tokens left");

  await chat.lastAnswer
    .getByRole("button", { name: chat.say("chat.message.retry"), exact: true })
    .click();
  await chat.waitUntilAnswered();
  await expect(chat.failure).toHaveCount(0);
  await expect(lineOf(page, `The budget “${name}”`)).toHaveCount(0);

  await budgets.page.reload();
  await expect(budgets.row(name)).toContainText(/[1-9]\d* of 100,000 tokens used/);
  await budgets.remove(budgets.say("budgets.row.more", { name }), name);
  await expect(budgets.row(name)).toHaveCount(0);
  await budgets.remove(budgets.say("budgets.groups.moreOf", { name: group }), group);
  await expect(budgets.row(group)).toHaveCount(0);
});

test("where answers would be kept short, a quiet line says so, and goes when it was read", async ({
  app,
  member,
  memberPage: page,
}) => {
  await giveBudget(app, member, { name: "Pocket", limit: 1_500 });
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.composer.fill("Hello");
  const line = lineOf(page, "Answers are kept to about");
  await expect(line).toContainText("“Pocket”");
  await page.getByRole("button", { name: chat.say("allowance.dismiss") }).click();
  await expect(line).toHaveCount(0);
  await chat.composer.fill("Hello there");
  await expect(line).toHaveCount(0);
  await expect(chat.sendButton).toBeEnabled();
});

// How tall the page is decides where it begins to scroll, and what is cut short on the way.
for (const height of [560, 668])
  test(`a turn that is refused is seen to its end, whatever comes and goes above the composer (${String(height)})`, async ({
    app,
    member,
    memberPage: page,
  }) => {
    await page.setViewportSize({ width: 1280, height });
    await page.goto("/");
    const chat = new ChatPage(page);
    await chat.ask("What does a lighthouse cost?");
    await giveBudget(app, member, { name: "Tight", limit: 20 });
    for (const count of [1, 2, 3]) {
      await chat.composer.fill("Is there still room for this one?");
      await expect(lineOf(page, "The budget “Tight” has no room for").last()).toBeVisible();
      await chat.composer.press("Enter");
      await expect(chat.questions).toHaveCount(1 + count);
      const retry = page.getByRole("button", { name: chat.say("chat.message.retry"), exact: true });
      await expect(retry).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole("button", { name: chat.say("chat.scroll.toEnd") })).toHaveCount(
        0,
      );
    }
  });

test("a budget that only warns says that it is used up, and lets one go on", async ({
  app,
  member,
  memberPage: page,
}) => {
  await giveBudget(app, member, { name: "Gentle", limit: 20, isHard: false });
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Hello");
  await expect(lineOf(page, "The budget “Gentle” is used up")).toContainText("you can go on");
  await chat.ask("Hello again");
});

test("the pages in Chinese, on a phone", async ({ app, newMember, openBrowser }) => {
  const member = await newMember("Li");
  await member.api.send("PATCH", "/api/me", { locale: "zh-CN" });
  const path = await giveBudget(app, member, { name: "每日额度", limit: 100 });

  const page = await openBrowser(app, member.api, phone);
  await page.goto("/");
  const chat = new ChatPage(page, "zh-CN");
  await chat.composer.fill("今天天气怎么样？");
  await expect(lineOf(page, "预算「每日额度」不足以完成这一轮：共 100 token")).toBeVisible();
  await expectAccessible(page);

  const budgets = new BudgetsPage(
    await openBrowser(app, app.admin, { ...phone, locale: "zh-CN" }),
    "zh-CN",
  );
  await budgets.page.goto("/settings/budgets");
  await expect(budgets.row("每日额度")).toContainText("剩余 100 token");
  await expect(budgets.row("每日额度")).toContainText("仅 Li · 每天");
  const width = await budgets.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await budgets.page.getByRole("button", { name: budgets.say("budgets.add"), exact: true }).click();
  await budgets.dialog.getByRole("button", { name: budgets.say("common.save") }).click();
  await expect(budgets.dialog).toContainText(budgets.say("budgets.dialog.nameMissing"));
  await expectAccessible(budgets.page);
  await budgets.page.keyboard.press("Escape");

  await app.admin.send("PATCH", path, { isEnabled: false });
  // As when one comes back to the tab: nobody has to type.
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(lineOf(page, "每日额度")).toHaveCount(0);
});
