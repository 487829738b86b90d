import { expect, test } from "./fixtures/test";
import { EntryPage } from "./pages/entry-page";
import { Sidebar } from "./pages/sidebar";

test.describe("language", () => {
  test("follows the browser: Chinese", async ({ app, openBrowser }) => {
    const page = await openBrowser(app, null, { locale: "zh-CN" });
    await page.goto("/sign-in");
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await expect(page.getByRole("button", { name: "登录" })).toBeVisible();
  });

  test("follows the browser: English, also for a language that there is not", async ({
    app,
    openBrowser,
  }) => {
    const page = await openBrowser(app, null, { locale: "fr-FR" });
    await page.goto("/sign-in");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });

  test("is switched before signing in, and kept", async ({ app, openBrowser, member }) => {
    const page = await openBrowser(app, null);
    const english = new EntryPage(page);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: english.say("common.language") }).click();
    await page.getByRole("menuitemradio", { name: "简体中文" }).click();
    const chinese = new EntryPage(page, "zh-CN");
    await chinese.signIn(member);
    await expect(new Sidebar(page, "zh-CN").newConversation).toBeVisible();
  });

  test("is switched in the menu, and is the account's in the next browser", async ({
    app,
    memberPage,
    member,
    openBrowser,
  }) => {
    await memberPage.goto("/");
    const saved = memberPage.waitForResponse(
      (response) => response.url().endsWith("/api/me") && response.request().method() === "PATCH",
    );
    await new Sidebar(memberPage).setPreference("简体中文");
    const chinese = new Sidebar(memberPage, "zh-CN");
    await expect(chinese.newConversation).toBeVisible();
    await saved;
    await memberPage.reload();
    await expect(chinese.newConversation).toBeVisible();
    const elsewhere = await openBrowser(app, member.api);
    await elsewhere.goto("/");
    await expect(new Sidebar(elsewhere, "zh-CN").newConversation).toBeVisible();
  });
});

test.describe("theme", () => {
  const background = "getComputedStyle(document.documentElement).backgroundColor";

  test("follows the system until one is chosen", async ({ memberPage }) => {
    await memberPage.emulateMedia({ colorScheme: "light" });
    await memberPage.goto("/");
    const light = await memberPage.evaluate(background);
    await memberPage.emulateMedia({ colorScheme: "dark" });
    expect(await memberPage.evaluate(background)).not.toBe(light);
  });

  test("once chosen, comes with the page itself, so that nothing flashes", async ({
    app,
    memberPage,
    member,
    openBrowser,
  }) => {
    await memberPage.emulateMedia({ colorScheme: "light" });
    await memberPage.goto("/");
    const light = await memberPage.evaluate(background);
    const sidebar = new Sidebar(memberPage);
    const saved = memberPage.waitForResponse(
      (response) => response.url().endsWith("/api/me") && response.request().method() === "PATCH",
    );
    await sidebar.setPreference(sidebar.say("common.themes.dark"));
    await expect(memberPage.locator("html")).toHaveAttribute("data-theme", "dark");
    await saved;
    expect(await memberPage.evaluate(background)).not.toBe(light);
    const html = await (await memberPage.reload())?.text();
    expect(html).toMatch(/<html[^>]* data-theme="dark"/);
    const elsewhere = await openBrowser(app, member.api, { colorScheme: "light" });
    const served = await (await elsewhere.goto("/"))?.text();
    expect(served).toMatch(/<html[^>]* data-theme="dark"/);
  });
});
