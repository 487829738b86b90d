import type { Page } from "@playwright/test";
import { askMany, describeForTest, readGauge, undoDescriptions } from "./fixtures/context";
import { expectAccessible } from "./fixtures/expect-accessible";
import { MachineSpeed } from "./fixtures/machine-speed";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { PlanPanel } from "./pages/plan-panel";

/** What is typed shows in the gauge within this time. */
const followsMs = 300;

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

test.afterEach(undoDescriptions);

/** Types and waits until the gauge says something else. @returns how long that took. */
function typeAndTime(page: Page, text: string): Promise<number> {
  return page.evaluate((typed) => {
    const field = document.querySelector<HTMLTextAreaElement>("textarea[name=message]");
    const gauge = document.querySelector("form [aria-expanded][aria-label*=token]");
    if (field === null || gauge === null) throw new Error("No composer");
    const before = gauge.getAttribute("aria-label");
    const began = performance.now();
    return new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (gauge.getAttribute("aria-label") === before) return;
        observer.disconnect();
        resolve(performance.now() - began);
      });
      observer.observe(gauge, { attributes: true });
      field.focus();
      field.setRangeText(typed, field.value.length, field.value.length, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }, text);
}

for (const [language, size] of [
  ["en", desktop],
  ["zh-CN", desktop],
  ["en", phone],
  ["zh-CN", phone],
] as const) {
  test(`the gauge says what the next turn sends and costs, follows what is typed and opens the plan (${language}, ${String(size.viewport.width)})`, async ({
    app,
    member,
    openBrowser,
  }) => {
    await describeForTest(app, "plain", { contextWindow: 16_000 });
    const page = await openBrowser(app, member.api, { locale: language, ...size });
    const asked: unknown[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/plan")) asked.push(request.postDataJSON());
    });
    await page.goto("/");
    const chat = new ChatPage(page, language);
    const plan = new PlanPanel(page, language);
    const [atFirst = 0, window] = await readGauge(plan);
    expect(window).toBe(16_000);
    await expect(plan.gauge).toHaveAccessibleName(/¥\d/);
    const askedAtFirst = asked.length;
    // Once, and once more where something became known meanwhile.
    expect(askedAtFirst).toBeLessThanOrEqual(2);

    const speed = new MachineSpeed();
    const tookMs = await typeAndTime(page, "Ein langer Entwurf, the draft, 这是草稿。".repeat(20));
    test.info().annotations.push({ type: "gauge", description: `${tookMs.toFixed(0)} ms` });
    expect(tookMs).toBeLessThan(followsMs * speed.end());
    await expect.poll(() => asked.length).toBeGreaterThan(askedAtFirst);
    const [typed = 0] = await readGauge(plan);
    expect(typed).toBeGreaterThan(atFirst + 200);
    await chat.composer.fill("");
    await expect.poll(async () => (await readGauge(plan))[0]).toBe(atFirst);

    await chat.ask("Hello there");
    await expect.poll(async () => (await readGauge(plan))[0]).toBeGreaterThan(atFirst);
    await plan.gauge.click();
    await expect(plan.panel).toBeVisible();
    expect(new URL(page.url()).searchParams.get("panel")).toBe("plan");
    await page.keyboard.press("Escape");
    await expect(plan.panel).toBeHidden();
    await expect(plan.gauge).toBeFocused();
    await expectAccessible(page);
  });
}

test("pointed at, the gauge shows its parts, and Escape takes them away", async ({
  app,
  memberPage: page,
}) => {
  await describeForTest(app, "plain", { contextWindow: 16_000 });
  await page.goto("/");
  const plan = new PlanPanel(page);
  await readGauge(plan);
  await plan.gauge.hover();
  const card = page.getByRole("tooltip");
  await expect(card).toContainText(plan.say("context.gauge.parts.reply"));
  await expect(card).toContainText(plan.say("context.gauge.parts.free"));
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
});

test("a window and a price that nobody knows are said to be unknown", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const plan = new PlanPanel(page);
  await expect(plan.gauge).toHaveAccessibleName(/window unknown$/);
  await plan.gauge.hover();
  await expect(page.getByRole("tooltip")).toContainText(plan.say("context.gauge.costUnknown"));
});

test("a smaller model in mid-conversation: the ring turns, the line shows, and it still answers", async ({
  app,
  member,
  memberPage: page,
}) => {
  await describeForTest(app, "plain", { contextWindow: 64_000 });
  await describeForTest(app, "brief", { contextWindow: 1_200 });
  const id = await askMany(member.api, 5, app.modelId("plain"));
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page);
  const plan = new PlanPanel(page);
  expect((await readGauge(plan))[1]).toBe(64_000);
  const line = page.getByText(plan.say("context.line.left_out"), { exact: true });
  await expect(line).toHaveCount(0);
  await chat.pickModel("brief");
  await expect.poll(async () => (await readGauge(plan))[1]).toBe(1_200);
  await chat.ask("word ".repeat(400));
  await chat.ask("more ".repeat(400));
  await expect(chat.lastAnswer).not.toContainText("could not");
  await expect(line).toHaveCount(1);
  await expect(page.locator("[data-fate=left_out]").first()).toBeAttached();
  expect(app.provider.requests().at(-1)?.body).toMatchObject({ model: "brief" });
});
