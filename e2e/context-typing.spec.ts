import { describeForTest, readGauge, undoDescriptions } from "./fixtures/context";
import { insertConversation, writePast } from "./fixtures/long-conversation";
import { takeWorstTask, watchTasks } from "./fixtures/long-tasks";
import { MachineSpeed } from "./fixtures/machine-speed";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { PlanPanel } from "./pages/plan-panel";

/** A task that is longer is felt. */
const longestTaskMs = 50;

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

test.afterEach(undoDescriptions);

test("nothing is asked while the network is away, and once when it is back", async ({
  app,
  memberPage: page,
  context,
  watch,
}) => {
  await describeForTest(app, "plain", { contextWindow: 16_000 });
  await page.goto("/");
  const chat = new ChatPage(page);
  const plan = new PlanPanel(page);
  const [before = 0] = await readGauge(plan);
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/plan")) asked += 1;
  });
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
  const banner = page.getByRole("status").getByText(chat.say("frame.banner.offline"));
  await expect(banner).toBeVisible();
  asked = 0;
  await chat.composer.pressSequentially("Written on a train, word by word", { delay: 40 });
  await expect.poll(async () => (await readGauge(plan))[0]).toBeGreaterThan(before);
  expect(asked).toBe(0);
  await context.setOffline(false);
  await expect.poll(() => asked).toBeGreaterThan(0);
  expect(asked).toBeLessThanOrEqual(2);
});

test("typing in a conversation of 500 messages keeps the page from nobody", async ({
  app,
  member,
  memberPage: page,
}) => {
  test.setTimeout(120_000);
  const id = await insertConversation(app, member.email, writePast(500));
  await describeForTest(app, "plain", { contextWindow: 64_000 });
  await watchTasks(page);
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page);
  const plan = new PlanPanel(page);
  await readGauge(plan);
  await chat.composer.focus();
  const speed = new MachineSpeed();
  await takeWorstTask(page);
  await chat.composer.pressSequentially("What do we know by now, and what is left? ".repeat(3), {
    delay: 20,
  });
  await expect.poll(async () => (await readGauge(plan))[0]).toBeGreaterThan(0);
  const typingMs = await takeWorstTask(page);
  const slowness = speed.end();
  test.info().annotations.push({ type: "typing", description: `${typingMs.toFixed(0)} ms` });
  expect(typingMs).toBeLessThan(2 * longestTaskMs * slowness);
});

test("400,000 pasted characters are counted without holding the page up", async ({
  app,
  memberPage: page,
}) => {
  await describeForTest(app, "plain", { contextWindow: 1_000_000 });
  await watchTasks(page);
  await page.goto("/");
  const chat = new ChatPage(page);
  const plan = new PlanPanel(page);
  const [before = 0] = await readGauge(plan);
  const answered = page.waitForResponse(
    (response) =>
      response.url().endsWith("/plan") && (response.request().postData() ?? "").length > 300_000,
    { timeout: 30_000 },
  );
  const speed = new MachineSpeed();
  const text = "Some English, 一段文字 in it.\n".repeat(16_000).slice(0, 400_000);
  await chat.composer.evaluate((field, pasted) => {
    if (!(field instanceof HTMLTextAreaElement)) throw new Error("No field");
    field.value = pasted;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
  // Laying it out is the browser's, and is told of a moment later.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 500))),
  );
  await takeWorstTask(page);
  await answered;
  await expect.poll(async () => (await readGauge(plan))[0]).toBeGreaterThan(before + 50_000);
  const worstMs = await takeWorstTask(page);
  const slowness = speed.end();
  test.info().annotations.push({ type: "counting", description: `${worstMs.toFixed(0)} ms` });
  expect(worstMs).toBeLessThan(2 * longestTaskMs * slowness);
});
