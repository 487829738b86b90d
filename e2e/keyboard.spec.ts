import { expect, test } from "./fixtures/test";
import type { Locator, Page } from "@playwright/test";
import { ChatPage } from "./pages/chat-page";
import { EntryPage } from "./pages/entry-page";
import { Sidebar } from "./pages/sidebar";

/** Presses Tab until this has the focus, and checks that each stop on the way can be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(page.locator(":focus")).toHaveCSS("outline-style", /solid|auto/, { timeout: 500 });
    await expect(target).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0], timeout: 20_000 });
}

test("the whole way by keyboard: sign in, ask, read, rename, delete, undo, sign out", async ({
  app,
  member,
  openBrowser,
}) => {
  await app.play("plain");
  const page = await openBrowser(app, null);
  const entry = new EntryPage(page);
  await page.goto("/sign-in");
  await tabTo(page, entry.field("email"));
  await page.keyboard.type(member.email);
  await tabTo(page, entry.field("password"));
  await page.keyboard.type(member.password);
  await page.keyboard.press("Enter");

  const chat = new ChatPage(page);
  await expect(chat.composer).toBeFocused();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("in two lines");
  await page.keyboard.press("Enter");
  await expect(chat.lastAnswer).toContainText("You said: By keyboard");

  const sidebar = new Sidebar(page);
  const row = sidebar.conversation("By keyboard");
  await tabTo(page, row);
  await page.keyboard.press("F2");
  await page.keyboard.type("Renamed");
  await page.keyboard.press("Enter");
  await expect(sidebar.conversation("Renamed")).toBeVisible();

  const menu = sidebar.list.getByRole("button", {
    name: sidebar.say("frame.conversationMenu", { title: "Renamed" }),
  });
  await tabTo(page, menu);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  const remove = page.getByRole("menuitem", { name: sidebar.say("frame.delete") });
  await expect(async () => {
    await page.keyboard.press("ArrowDown");
    await expect(remove).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [0], timeout: 20_000 });
  await page.keyboard.press("Enter");
  await expect(sidebar.undo).toBeVisible();
  await expect(sidebar.conversation("Renamed")).toBeHidden();
  // The deleted conversation was open: the new page takes the focus when it is there.
  await expect(page).toHaveURL(/\/$/);
  await expect(chat.composer).toBeFocused();
  await page.keyboard.press("F8");
  await expect(sidebar.undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sidebar.conversation("Renamed")).toBeVisible();

  await tabTo(page, sidebar.userMenu);
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: sidebar.say("frame.signOut") }).press("Enter");
  await expect(entry.signInHeading).toBeVisible();
});

test("shortcuts open the list of keys, the palette, the sidebar and a new conversation", async ({
  member,
  memberPage,
}) => {
  const conversationId = await member.api.completeTurn("Find me");
  await memberPage.goto("/");
  const sidebar = new Sidebar(memberPage);
  await expect(sidebar.list).toBeVisible();

  await memberPage.keyboard.press("Control+/");
  await expect(memberPage.getByRole("dialog", { name: sidebar.say("frame.keys") })).toBeVisible();
  await memberPage.keyboard.press("Escape");

  await memberPage.keyboard.press("Control+k");
  await expect(memberPage.getByRole("combobox")).toBeFocused();
  await memberPage.keyboard.type("Find");
  await expect(memberPage.getByRole("option", { name: "Find me" })).toBeVisible();
  await memberPage.keyboard.press("Enter");
  await expect(memberPage).toHaveURL(`/c/${conversationId}`);

  await memberPage.keyboard.press("Control+b");
  await expect(sidebar.list).toBeHidden();
  await memberPage.reload();
  await expect(memberPage.getByText("Find me").first()).toBeVisible();
  await expect(sidebar.list).toBeHidden();
  await memberPage.keyboard.press("Control+b");
  await expect(sidebar.list).toBeVisible();

  await memberPage.keyboard.press("Control+Shift+o");
  await expect(memberPage).toHaveURL("/");
  await expect(new ChatPage(memberPage).composer).toBeFocused();
});
