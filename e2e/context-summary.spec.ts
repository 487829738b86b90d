import type { Message } from "@/lib/contracts/messages";
import type { ApiClient } from "./fixtures/api-client";
import type { App } from "./fixtures/app";
import { readMessagesOf } from "./fixtures/conversation";
import { expectAccessible } from "./fixtures/expect-accessible";
import {
  converse,
  sentWith,
  summaryOf,
  summaryPolicy,
  summaryPrompt,
  waitForSummary,
} from "./fixtures/summaries";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { Sidebar } from "./pages/sidebar";
import { SummaryView } from "./pages/summary-view";
import type { Language } from "./words";

test.use({ viewport: { width: 1440, height: 900 } });

test.beforeEach(async ({ app, member }) => {
  app.provider.reset();
  await app.play("sums");
  await member.api.send("PATCH", "/api/me", {
    systemPrompt: summaryPrompt,
    contextPolicy: summaryPolicy,
  });
});

async function useLanguage(app: App, chat: ChatPage, language: Language): Promise<void> {
  await chat.page.context().addCookies([{ name: "parley.locale", value: language, url: app.url }]);
}

for (const language of ["en", "zh-CN"] as const) {
  test(`a summary is read, edited, taken back, and goes along behind the system prompt: ${language}`, async ({
    app,
    member,
    memberPage: page,
  }) => {
    const chat = new ChatPage(page, language);
    const summary = new SummaryView(page, language);
    const { say } = summary;
    await useLanguage(app, chat, language);
    const id = await converse(member.api, 3, language);
    await waitForSummary(member.api, id, "FACT-2");
    const { summary: made } = await summaryOf(member.api, id);

    await summary.open(id);
    await expect(summary.section).toContainText(made?.text ?? "-");
    await expect(summary.section).toContainText(say("context.summary.madeBy", { model: "sums" }));
    await expectAccessible(page);

    await summary.editButton.click();
    await expect(summary.field).toBeFocused();
    await summary.field.fill("");
    await expect(summary.section).toContainText(say("context.summary.blank"));
    await summary.field.fill("They agreed on EDITED-7.");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(summary.editButton).toBeFocused();
    await summary.undo();
    await expect(summary.field).toHaveValue("They agreed on EDITED-7.");
    await summary.field.press("Control+Enter");
    await expect(summary.section).toContainText(say("context.summary.madeByYou"));
    await expect(summary.section).toContainText("EDITED-7");
    await expect(summary.editButton).toBeFocused();

    await chat.ask("And now?");
    const [system, ...rest] = sentWith(app, "And now?");
    expect(system?.role).toBe("system");
    expect(system?.content.startsWith(summaryPrompt)).toBe(true);
    expect(system?.content).toContain("EDITED-7");
    // The last round is there word for word, on this turn as on those before.
    expect(JSON.stringify(rest)).toContain("FACT-3");
    expect(JSON.stringify(rest)).not.toContain("FACT-1");
  });
}

test("an edit is undone", async ({ member, memberPage: page }) => {
  const summary = new SummaryView(page);
  const id = await converse(member.api, 3);
  await waitForSummary(member.api, id, "FACT-2");
  await summary.open(id);
  await summary.editButton.click();
  await summary.field.fill("Something else.");
  await summary.button(summary.say("context.summary.save")).click();
  await expect(summary.section).toContainText("Something else.");
  await summary.undo();
  await expect(summary.section).toContainText("FACT-1");
  await expect(summary.section).not.toContainText("Something else.");
});

test("what was written is kept while it can't be saved, through a reload too", async ({
  member,
  memberPage: page,
  watch,
}) => {
  watch.allow(/Failed to load resource|ERR_FAILED/);
  const summary = new SummaryView(page);
  const id = await converse(member.api, 3);
  await waitForSummary(member.api, id, "FACT-2");
  await summary.open(id);
  await summary.editButton.click();
  await summary.field.fill("My own words.");
  const isPatch = (method: string) => method === "PATCH";
  await page.route("**/summary", (route) =>
    isPatch(route.request().method()) ? route.abort() : route.continue(),
  );
  await summary.field.press("Control+Enter");
  await expect(summary.section.getByRole("alert")).not.toBeEmpty();
  await expect(summary.field).toHaveValue("My own words.");
  await page.reload();
  await expect(summary.field).toHaveValue("My own words.");
  await page.unroute("**/summary");
  await summary.field.press("Control+Enter");
  await expect(summary.section).toContainText(summary.say("context.summary.madeByYou"));
  expect((await summaryOf(member.api, id)).summary?.text).toBe("My own words.");
});

test("it is redone by another model, goes on when one leaves, and can be taken back", async ({
  app,
  member,
  memberPage: page,
}) => {
  const summary = new SummaryView(page);
  const { say } = summary;
  const id = await converse(member.api, 3);
  await waitForSummary(member.api, id, "FACT-2");
  await summary.open(id);
  await expect(summary.section).toContainText(say("context.summary.madeBy", { model: "sums" }));
  await summary.redo("sums-slow");
  await expect(summary.section).toContainText(say("context.summary.runningHint"));
  // Before it is made, the one before is still there.
  await expect(summary.section).toContainText("FACT-1");
  await page.reload();
  await expect(summary.section).toContainText(say("context.summary.runningHint"));
  app.provider.release();
  await expect(summary.section).toContainText(
    say("context.summary.madeBy", { model: "sums-slow" }),
  );
  await expect(summary.editButton).toBeVisible();

  await summary.redo("sums");
  await expect(summary.section).toContainText(say("context.summary.madeBy", { model: "sums" }));
  await summary.undo();
  await expect(summary.section).toContainText(
    say("context.summary.madeBy", { model: "sums-slow" }),
  );
});

test("switched off it is kept and not sent, until it is switched on again", async ({
  app,
  member,
  memberPage: page,
}) => {
  const chat = new ChatPage(page);
  const summary = new SummaryView(page);
  const id = await converse(member.api, 3);
  await waitForSummary(member.api, id, "FACT-2");
  await summary.open(id);
  await summary.isOn.click();
  await expect(summary.section).toContainText(summary.say("context.summary.off"));
  await expect(summary.isOn).not.toBeChecked();
  await chat.ask("Without it?");
  const [system] = sentWith(app, "Without it?");
  expect(system).toMatchObject({ role: "system", content: summaryPrompt });

  await page.reload();
  await expect(summary.section).toContainText(summary.say("context.summary.off"));
  await summary.isOn.press("Space");
  await expect(summary.isOn).toBeChecked();
  await expect(summary.section).not.toContainText(summary.say("context.summary.off"));
  await chat.ask("With it?");
  expect(sentWith(app, "With it?")[0]?.content).toContain("FACT-1");
});

test("what is left out afterwards makes it stale, until it is redone without that", async ({
  member,
  memberPage: page,
}) => {
  const summary = new SummaryView(page);
  const { say } = summary;
  const id = await converse(member.api, 3);
  await waitForSummary(member.api, id, "FACT-2");
  await summary.open(id);
  await expect(summary.section).toContainText("FACT-1");
  const messages = await readMessagesOf(member.api, id);
  await leaveOut(member.api, messages.slice(0, 2));
  await expect(summary.section).toContainText(say("context.summary.stale"));
  await expectAccessible(page);
  await summary.redo();
  await expect(summary.section).not.toContainText(say("context.summary.stale"));
  await expect(summary.section).toContainText("FACT-2");
  await expect(summary.section).not.toContainText("FACT-1");
});

async function leaveOut(api: ApiClient, messages: readonly Message[]): Promise<void> {
  for (const { id } of messages)
    await api.send("PATCH", `/api/messages/${id}`, { context: "excluded" });
}

test("one that fails says why, and what it was to stand for still goes along", async ({
  app,
  member,
  memberPage: page,
  watch,
}) => {
  watch.allow(/status of 502/);
  const chat = new ChatPage(page);
  const summary = new SummaryView(page);
  const { say } = summary;
  const id = await converse(member.api, 3, "en", app.modelId("sums-empty"));
  await summary.open(id);
  const sentence = say("errors.summary_failed", { reason: "empty" });
  await expect(summary.section).toContainText(sentence);
  await summary.button(say("context.summary.retry")).click();
  await expect(summary.section.getByRole("alert")).toContainText(sentence);
  await expectAccessible(page);
  await chat.ask("What do you know?");
  expect(JSON.stringify(sentWith(app, "What do you know?"))).toContain("FACT-1");
});

test("there is none yet: the section says when, and makes it now", async ({
  member,
  memberPage: page,
}) => {
  const summary = new SummaryView(page);
  const { say } = summary;
  const id = await converse(member.api, 2);
  await summary.open(id);
  await expect(summary.section).toContainText(say("context.summary.emptyPolicy", { rounds: 1 }));
  await summary.button(say("context.summary.makeNow")).click();
  await expect(summary.section).toContainText("FACT-1");
});

for (const language of ["en", "zh-CN"] as const) {
  test(`a new conversation goes on with the summary: ${language}`, async ({
    app,
    member,
    memberPage: page,
  }) => {
    const chat = new ChatPage(page, language);
    const { say } = chat;
    await useLanguage(app, chat, language);
    const id = await converse(member.api, 3, language);
    await page.goto(`/c/${id}`);
    await chat.button(say("chat.menu.label")).click();
    await page.getByRole("menuitem", { name: say("context.summary.successor") }).click();
    await page.waitForURL((url) => url.pathname.startsWith("/c/") && !url.pathname.endsWith(id));
    // However long the title is, its number tells it apart from the other.
    const { list } = new Sidebar(page, language);
    await expect(list.getByText("(2)", { exact: true })).toBeInViewport({ ratio: 1 });

    const card = page.getByRole("region", { name: say("context.summary.carriedLabel") });
    await expect(card).toContainText("FACT-3");
    await expectAccessible(page);
    await chat.ask("And now?");
    const [system, ...rest] = sentWith(app, "And now?");
    expect(system?.content.startsWith(summaryPrompt)).toBe(true);
    expect(system?.content).toContain("FACT-3");
    expect(rest).toHaveLength(1);

    await page.reload();
    await expect(card).not.toContainText("FACT-3", { useInnerText: true });
    await card.getByRole("button", { name: say("context.summary.showCarried") }).click();
    await expect(card).toContainText("FACT-3", { useInnerText: true });
    await card.getByRole("link").click();
    await page.waitForURL((url) => url.pathname === `/c/${id}`);
    await expect(chat.questions).toHaveCount(3);
  });
}

test("on a phone it is read and edited with a thumb", async ({ app, member, openBrowser }) => {
  const id = await converse(member.api, 3, "zh-CN");
  await waitForSummary(member.api, id, "FACT-2");
  const phone = await openBrowser(app, member.api, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    locale: "zh-CN",
  });
  const summary = new SummaryView(phone, "zh-CN");
  await summary.open(id);
  const overflow = () =>
    phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBe(0);
  await summary.editButton.tap();
  await summary.field.fill("只记住 EDITED-9。");
  expect(await overflow()).toBe(0);
  await expectAccessible(phone);
  await summary.button(summary.say("context.summary.save")).tap();
  await expect(summary.section).toContainText("EDITED-9");
});
