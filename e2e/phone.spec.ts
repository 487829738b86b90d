import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { Sidebar } from "./pages/sidebar";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Whether something makes the page wider than the screen. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

test("the composer is in reach, and the drawer leads to the other conversations", async ({
  app,
  member,
  memberPage,
}) => {
  await app.play("plain");
  await member.api.completeTurn("An older talk");
  await memberPage.goto("/");
  const chat = new ChatPage(memberPage);
  const sidebar = new Sidebar(memberPage);
  await chat.send("From my phone");
  await expect(chat.lastAnswer).toContainText("You said: From my phone");
  await expect(chat.composer).toBeInViewport({ ratio: 1 });
  await expect(sidebar.list).toBeHidden();
  await memberPage.getByRole("button", { name: sidebar.say("frame.openSidebar") }).tap();
  await sidebar.conversation("An older talk").tap();
  await expect(memberPage.getByText("You said: An older talk")).toBeVisible();
  await expect(sidebar.list).toBeHidden();
});

test("nothing is wider than a small phone", async ({ app, member, memberPage, openBrowser }) => {
  const conversations = ["markdown", "code", "chinese", "xss", "error-401"].map((scenario) =>
    member.api.completeTurn("x".repeat(300), { model: app.modelId(scenario) }),
  );
  await memberPage.setViewportSize({ width: 360, height: 740 });
  const paths = (await Promise.all(conversations)).map((id) => `/c/${id}`);
  for (const path of ["/", ...paths, "/settings", "/settings/profile", "/settings/security"]) {
    await memberPage.goto(path);
    await expect(memberPage.getByRole("main")).toBeVisible();
    expect([path, await overflowOf(memberPage)]).toEqual([path, 0]);
  }
  const admin = await openBrowser(app, app.admin, { viewport: { width: 360, height: 740 } });
  for (const path of ["/settings/models", "/settings/people", "/settings/instance"]) {
    await admin.goto(path);
    await expect(admin.getByRole("main")).toBeVisible();
    expect([path, await overflowOf(admin)]).toEqual([path, 0]);
  }
});

test("what one touches is large enough", async ({ app, member, memberPage }) => {
  const conversationId = await member.api.completeTurn("Hello", { model: app.modelId("plain") });
  await memberPage.goto(`/c/${conversationId}`);
  await expect(new ChatPage(memberPage).lastAnswer).toBeVisible();
  for (const button of await memberPage.getByRole("button").all()) {
    const box = await button.boundingBox();
    expect([
      await button.getAttribute("aria-label"),
      Math.min(box?.width ?? 24, box?.height ?? 24) >= 24,
    ]).toEqual([await button.getAttribute("aria-label"), true]);
  }
});
