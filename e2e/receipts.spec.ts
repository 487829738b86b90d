import type { BudgetCreate } from "@/lib/contracts/budgets";
import type { PriceChange } from "@/lib/contracts/prices";
import type { Receipt } from "@/lib/contracts/receipts";
import type { App } from "./fixtures/app";
import { readMessagesOf } from "./fixtures/conversation";
import { expectAccessible } from "./fixtures/expect-accessible";
import { converse, summaryPolicy, waitForSummary } from "./fixtures/summaries";
import { expect, test, type Member } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { ReceiptView } from "./pages/receipt-view";
import { SideBySide } from "./pages/side-by-side";

const price: PriceChange = {
  ...{ currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_000_000 },
  ...{ cachedInputMicros: 500_000, reasoningMicros: 16_000_000 },
};
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let undo: (() => Promise<unknown>)[] = [];

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test.afterEach(async () => {
  for (const step of undo) await step();
  undo = [];
});

/** Sets what a model costs, until the test ends. */
async function setPrice(app: App, model: string, change: PriceChange): Promise<void> {
  const set = (to: PriceChange) =>
    app.admin.send("POST", "/api/admin/prices", { modelId: app.modelId(model), ...to });
  await set(change);
  undo.push(() => set({ currency: null }));
}

/** Gives somebody a budget of their own, until the test ends. @returns its path. */
async function setBudget(
  app: App,
  { api }: Member,
  budget: Pick<BudgetCreate, "name" | "unit" | "period" | "limit">,
): Promise<string> {
  const { id: subjectId } = await api.read<{ id: string }>("/api/me");
  const { id } = await app.admin.send<{ id: string }>("POST", "/api/admin/budgets", {
    ...{ scope: "user", subjectId },
    ...budget,
  });
  const path = `/api/admin/budgets/${id}`;
  undo.push(() => app.admin.send("DELETE", path));
  return path;
}

const readReceipt = (member: Member, answerId: string) =>
  member.api.read<Receipt>(`/api/messages/${answerId}/receipt`);

test("an answer says what it cost, and its receipt how that comes about, also after a reload", async ({
  app,
  member,
  memberPage: page,
}) => {
  await setPrice(app, "usage-details", price);
  await app.play("usage-details");
  await page.goto("/");
  const chat = new ChatPage(page);
  const receipt = new ReceiptView(chat);
  await chat.ask("What does this cost?");
  // 600 at 2, 400 at 0.5, 40 at 8 and 60 at 16 a million.
  const line = /usage-details\s+·\s1,100 tokens\s·\s¥0\.00268$/;
  await expect(receipt.lineOf()).toHaveAccessibleName(line);
  await page.reload();
  await expect(receipt.lineOf()).toHaveAccessibleName(line);

  await receipt.lineOf().focus();
  await page.keyboard.press("Enter");
  const { panel } = receipt;
  for (const text of ["600 tokens", "400 tokens", "40 tokens", "60 tokens", "¥16.00 a million"])
    await expect(panel).toContainText(text);
  await expect(panel).toContainText(receipt.say("receipts.source", { source: "reported" }));
  await expect(panel.getByText("¥0.00268", { exact: true })).toHaveCount(2);
  await expectAccessible(page);
  await receipt.close();
  await expect(receipt.lineOf()).toBeFocused();

  const messages = await readMessagesOf(member.api, chat.conversationId);
  const { calls, totals } = await readReceipt(member, messages.at(-1)?.id ?? "");
  expect(calls[0]?.requests[0]).toMatchObject({
    ...{ inputTokens: 1_000, cachedTokens: 400, outputTokens: 100, reasoningTokens: 60 },
    cost: { currency: "CNY", micros: 2_680 },
  });
  expect(messages.at(-1)?.usage).toEqual(totals);

  // What it costs from now on changes nothing of what was.
  await setPrice(app, "usage-details", { ...price, currency: "USD", inputMicros: 9_000_000 });
  await receipt.open();
  await expect(panel.getByText("¥0.00268", { exact: true })).toHaveCount(2);
  await receipt.close();
  await chat.ask("And now?");
  await expect(receipt.lineOf()).toHaveAccessibleName(/1,100 tokens\s·\s\$0\.00688$/);
});

test("what has no price is a dash, and said to be unknown", async ({ app, memberPage: page }) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  const receipt = new ReceiptView(chat);
  await chat.ask("What does this cost?");
  await expect(receipt.lineOf()).toContainText("—");
  await expect(receipt.lineOf()).not.toContainText("0.00");
  await receipt.open();
  await expect(receipt.panel).toContainText(receipt.say("receipts.noPrice"));
  await expect(receipt.panel).toContainText(receipt.say("receipts.allUnpriced", { count: 1 }));
  await expectAccessible(page);
});

test("a summary that an answer caused is on its receipt", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("sums");
  await setPrice(app, "sums", price);
  await member.api.send("PATCH", "/api/me", { contextPolicy: summaryPolicy });
  const id = await converse(member.api, 3);
  await waitForSummary(member.api, id, "FACT-2");
  const answers = (await readMessagesOf(member.api, id)).filter(({ role }) => role === "assistant");
  const receipts = await Promise.all(answers.map((answer) => readReceipt(member, answer.id)));
  const at = receipts.findIndex(({ calls }) => calls.some(({ kind }) => kind === "summary"));
  expect(at).toBeGreaterThan(-1);
  expect(receipts.map(({ totals }) => totals)).toEqual(answers.map(({ usage }) => usage));
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page);
  const receipt = new ReceiptView(chat);
  await receipt.open(chat.answers.nth(at));
  const kind = receipt.say("receipts.kind", { kind: "summary" });
  await expect(receipt.panel.getByRole("heading", { name: kind })).toBeVisible();
});

test("tries that failed, and the model that took over, are on the receipt", async ({
  app,
  memberPage: page,
}) => {
  await app.addAlias("Money first", ["error-500", "usage-details"]);
  await setPrice(app, "usage-details", price);
  await app.play("Money first");
  await page.goto("/");
  const chat = new ChatPage(page);
  const receipt = new ReceiptView(chat);
  await chat.ask("Who answers?");
  await receipt.open();
  await expect(receipt.panel).toContainText(
    receipt.say("receipts.failedOver", { from: "error-500", to: "usage-details" }),
  );
  await expect(receipt.panel).toContainText(receipt.say("receipts.source", { source: "none" }));
  await expect(receipt.panel.getByText("¥0.00268", { exact: true })).toHaveCount(2);
});

test("a turn that a budget refuses says why, and is answered once there is room", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("plain");
  const path = await setBudget(app, member, {
    ...{ name: "Pocket money", unit: "tokens", period: "month", limit: 60 },
  });
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Is there room?");
  await expect(chat.failure).toContainText("“Pocket money” has no room for this turn");
  await expect(chat.failure).toContainText("60 of 60 tokens left");
  await expect(chat.failure).toContainText(/It begins anew from .+\d/);
  await expect(chat.questions).toContainText("Is there room?");
  await expectAccessible(page);
  await app.admin.send("PATCH", path, { limit: 1_000_000 });
  await chat.failure.getByRole("button", { name: chat.say("chat.message.retry") }).click();
  await expect(chat.lastAnswer).toContainText("You said: Is there room?");
});

test("an answer that a budget keeps short says so, now and after a reload", async ({
  app,
  member,
  memberPage: page,
}) => {
  await app.play("length");
  await setBudget(app, member, {
    ...{ name: "Short words", unit: "tokens", period: "turn", limit: 700 },
  });
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Tell me everything");
  const note = /Kept to \d+ tokens: the budget “Short words” has no more room/;
  await expect(chat.lastAnswer).toContainText(note);
  await page.reload();
  await expect(chat.lastAnswer).toContainText(note);
});

test("a phone shows the receipt as a sheet, in Chinese", async ({ app, member, openBrowser }) => {
  await setPrice(app, "usage-details", price);
  await app.play("usage-details");
  const id = await member.api.completeTurn("多少钱？");
  const page = await openBrowser(app, member.api, { ...phone, locale: "zh-CN" });
  await page.context().addCookies([{ name: "parley.locale", value: "zh-CN", url: app.url }]);
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page, "zh-CN");
  const receipt = new ReceiptView(chat);
  await expect(receipt.lineOf()).toHaveAccessibleName(/1,100 token\s·\s¥0\.00268$/);
  await expectAccessible(page);
  await receipt.open();
  await expect(receipt.panel).toContainText("每百万");
  await expect(receipt.panel).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  await receipt.close();
});

test("a receipt that can't be loaded says so, and is had by trying again", async ({
  app,
  member,
  memberPage: page,
  watch,
}) => {
  watch.allow(/receipt/);
  await app.play("plain");
  const id = await member.api.completeTurn("What does this cost?");
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page);
  const receipt = new ReceiptView(chat);
  await page.route("**/receipt", (route) => route.abort("connectionrefused"), { times: 1 });
  await receipt.lineOf().click();
  await receipt.panel.getByRole("button", { name: receipt.say("receipts.retry") }).click();
  await expect(receipt.panel).toContainText(receipt.say("receipts.total"));
});

test("answers side by side have each a receipt of its own", async ({ app, memberPage: page }) => {
  await setPrice(app, "usage-details", price);
  await page.goto("/");
  const chat = new ChatPage(page);
  const receipt = new ReceiptView(chat);
  const sides = new SideBySide(page);
  await sides.compare("usage-details", "plain");
  await chat.send("What do you cost?");
  const [first, second] = [sides.column(1, 2, "usage-details"), sides.column(2, 2, "plain")];
  await expect(sides.figures(first)).toContainText("¥0.00268");
  await receipt.open(first);
  await expect(receipt.panel.getByText("¥0.00268", { exact: true })).toHaveCount(2);
  await receipt.close();
  await receipt.open(second);
  await expect(receipt.panel).toContainText(receipt.say("receipts.noPrice"));
  await expectAccessible(page);
});
