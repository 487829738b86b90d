import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { describeModel } from "./fixtures/describe-model";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { ParameterPanel } from "./pages/parameter-panel";

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

async function expectNoViolations(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // What floats stands above the page's landmarks, as menus do.
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .disableRules(["region"])
      .analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);
    expect(found, colorScheme).toEqual([]);
  }
}

test("a model is picked by what it can do and costs, by typing", async ({
  app,
  memberPage: page,
}) => {
  const undo = await describeModel(app, "echo", {
    contextWindow: 131_072,
    price: { currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_000_000 },
    card: { capabilities: { vision: "yes", json: "yes" } },
  });
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.button(chat.say("chat.model.pick", { name: "plain" })).click();
  const search = page.getByRole("combobox", { name: chat.say("parameters.picker.search") });
  await expect(search).toBeFocused();
  await page.keyboard.type("ech");
  const option = chat.modelOption("echo");
  await expect(option).toHaveAccessibleDescription(/128k window.*¥2 in · ¥8 out.*Images.*JSON/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const button = chat.button(chat.say("chat.model.pick", { name: "echo" }));
  await expect(button).toBeFocused();
  await expect(button).toContainText("128k window · ¥2 in · ¥8 out");
  await chat.ask("Who answers?");
  await expect(chat.lastAnswer).toContainText('"model":"echo"');
  await undo();
});

test("an answer says which model gave it in place of another, and why", async ({
  app,
  memberPage: page,
}) => {
  await app.addAlias("Steady", ["gone", "echo"]);
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.pickModel("Steady");
  await chat.ask("Is anybody there?");
  const line = chat.say("parameters.failover.line", {
    model: "echo",
    skipped: "gone",
    reason: "missing",
  });
  const note = chat.lastAnswer.getByText(line);
  await expect(note).toBeVisible();
  await page.reload();
  await expect(note).toBeVisible();
  await chat.lastAnswer.locator("summary", { hasText: line }).focus();
  await page.keyboard.press("Enter");
  await expect(chat.lastAnswer.getByRole("listitem")).toContainText([
    "gone at Scripted",
    "echo at Scripted",
  ]);
  await expectNoViolations(page);
});

test("everybody can read and use both, in both languages, also on a phone", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  const panel = new ParameterPanel(page);
  await panel.open();
  await panel.addStop("END");
  await panel.control("responseFormat").selectOption("json_schema");
  await panel.schema.fill("{");
  await expectNoViolations(page);
  await panel.close();
  await chat.button(chat.say("chat.model.pick", { name: "plain" })).click();
  await expect(chat.modelOption("plain")).toBeVisible();
  await expectNoViolations(page);

  const phone = await openBrowser(app, member.api, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    locale: "zh-CN",
  });
  await phone.goto("/");
  const sheet = new ParameterPanel(phone, "zh-CN");
  await sheet.button(0).tap();
  await expect(sheet.dialog).toBeInViewport();
  await expectNoViolations(phone);
  const overflow = () =>
    phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBe(0);
  await sheet.action(sheet.say("common.close")).tap();
  const mobile = new ChatPage(phone, "zh-CN");
  await mobile.button(mobile.say("chat.model.pick", { name: "plain" })).tap();
  await mobile.modelOption("echo").tap();
  await expect(mobile.button(mobile.say("chat.model.pick", { name: "echo" }))).toBeVisible();
  expect(await overflow()).toBe(0);
});
