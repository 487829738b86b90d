import type { Page, Route } from "@playwright/test";
import { readConversations } from "./fixtures/conversation";
import { expect, test, type Member } from "./fixtures/test";
import { Sidebar } from "./pages/sidebar";

async function makeConversations(member: Member, titles: string[]): Promise<void> {
  for (const title of titles) await member.api.completeTurn(title);
}

async function openSidebar(page: Page): Promise<Sidebar> {
  await page.goto("/");
  return new Sidebar(page);
}

test.beforeEach(async ({ app }) => {
  await app.play("plain");
});

test("says what will be there while there is nothing", async ({ memberPage }) => {
  const sidebar = await openSidebar(memberPage);
  await expect(memberPage.getByText(sidebar.say("frame.empty"))).toBeVisible();
});

test("lists conversations by day, the newest first, and marks the open one", async ({
  memberPage,
  member,
}) => {
  await makeConversations(member, ["First talk", "Second talk"]);
  const sidebar = await openSidebar(memberPage);
  const today = sidebar.day(sidebar.say("frame.days.today"));
  await expect(today.getByRole("link")).toHaveText(["Second talk", "First talk"]);
  await sidebar.conversation("First talk").click();
  await expect(memberPage).toHaveURL(/\/c\/[\w-]+$/);
  await expect(sidebar.conversation("First talk")).toHaveAttribute("aria-current", "page");
  await expect(memberPage.getByText("You said: First talk")).toBeVisible();
});

test("a new title stays", async ({ memberPage, member }) => {
  await makeConversations(member, ["Working title"]);
  const sidebar = await openSidebar(memberPage);
  await sidebar.rename("Working title", "旅行计划 2027");
  await expect(sidebar.conversation("旅行计划 2027")).toBeVisible();
  await expect
    .poll(async () => (await readConversations(member.api)).conversations[0]?.title)
    .toBe("旅行计划 2027");
  await memberPage.reload();
  await expect(sidebar.conversation("旅行计划 2027")).toBeVisible();
});

test("Esc leaves a title as it was", async ({ memberPage, member }) => {
  await makeConversations(member, ["As it was"]);
  const sidebar = await openSidebar(memberPage);
  await sidebar.openMenu("As it was");
  await sidebar.chooseInMenu(sidebar.say("frame.rename"));
  const field = memberPage.getByLabel(sidebar.say("frame.renameLabel"));
  await field.fill("something else");
  await field.press("Escape");
  await expect(sidebar.conversation("As it was")).toBeVisible();
});

test("what is deleted comes back with Undo, and is gone without", async ({
  memberPage,
  member,
}) => {
  await makeConversations(member, ["Keep me", "Delete me"]);
  const sidebar = await openSidebar(memberPage);
  await sidebar.delete("Keep me");
  await expect(sidebar.conversation("Keep me")).toBeHidden();
  await sidebar.undo.click();
  await expect(sidebar.conversation("Keep me")).toBeVisible();
  await sidebar.delete("Delete me");
  await expect(sidebar.conversation("Delete me")).toBeHidden();
  await expect
    .poll(async () => (await readConversations(member.api)).conversations.map(({ title }) => title))
    .toEqual(["Keep me"]);
  await memberPage.reload();
  await expect(sidebar.conversation("Keep me")).toBeVisible();
  await expect(sidebar.conversation("Delete me")).toBeHidden();
});

test("a deletion that did not work is taken back, and said", async ({
  memberPage,
  member,
  watch,
}) => {
  watch.allow(/status of 503/);
  await makeConversations(member, ["Stays"]);
  const sidebar = await openSidebar(memberPage);
  await memberPage.route("**/api/conversations/*", async (route: Route) => {
    const body = { error: { code: "database_unavailable", message: "database unavailable" } };
    await route.fulfill({ status: 503, json: body });
  });
  await sidebar.delete("Stays");
  await expect(sidebar.conversation("Stays")).toBeVisible();
  await expect(
    memberPage.getByText(sidebar.say("errors.database_unavailable")).first(),
  ).toBeVisible();
});

test("thousands come page by page, while one scrolls", async ({ memberPage, member }) => {
  const titles = Array.from({ length: 130 }, (_, index) => `Talk ${String(index + 1)}`);
  await makeConversations(member, titles);
  const pages: string[] = [];
  memberPage.on("request", (request) => {
    if (request.url().includes("/api/conversations?")) pages.push(request.url());
  });
  const sidebar = await openSidebar(memberPage);
  await expect(sidebar.conversation("Talk 130")).toBeVisible();
  expect(await sidebar.list.getByRole("link").count()).toBeLessThan(130);
  await sidebar.list.hover();
  await expect(async () => {
    await memberPage.mouse.wheel(0, 5_000);
    await expect(sidebar.conversation("Talk 1")).toBeInViewport({ timeout: 200 });
  }).toPass();
  expect(pages.length).toBeGreaterThan(0);
  await expect(sidebar.list.getByRole("link")).toHaveCount(130);
});
