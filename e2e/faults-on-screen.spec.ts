import { describeDetails } from "@/lib/client/error-sentence";
import { countCallsWith } from "./fixtures/received-chat";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { EntryPage } from "./pages/entry-page";
import type { Language } from "./words";

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test.afterEach(async ({ app }) => {
  await app.undoSettings();
});

const partial = "This is the first part of the answer,";

const failures = [
  ["en", "error-401", "provider_key_refused"],
  ["zh-CN", "error-401", "provider_key_refused"],
  ["en", "error-429-quota", "provider_out_of_credit"],
  ["zh-CN", "error-403", "provider_forbidden"],
  ["en", "empty", "empty_answer"],
  ["zh-CN", "context-too-long", "context_too_long"],
] as const satisfies [Language, string, string][];

const details = { status: 400, tokens: 5120, limit: 4096 };

for (const [locale, scenario, code] of failures) {
  const values = describeDetails(code === "context_too_long" ? details : {}, locale, null);
  test(`${scenario} is one sentence in ${locale}, and trying again works`, async ({
    app,
    member,
    openBrowser,
  }) => {
    await app.play(scenario);
    const page = await openBrowser(app, member.api, { locale });
    const chat = new ChatPage(page, locale);
    await page.goto("/");
    await chat.ask("Is anybody there?");
    await expect(chat.failure).toContainText(chat.say(`errors.${code}`, values));
    await expect(page.getByText(/sk-test|api\.|127\.0\.0\.1/)).toHaveCount(0);
    await expect(chat.questions).toHaveText(["Is anybody there?"]);
    await page.reload();
    await expect(chat.lastAnswer).toContainText(chat.say(`errors.${code}`, values));
    await app.play("plain");
    await chat.button(chat.say("chat.model.pick", { name: scenario })).click();
    await chat.modelOption("plain").click();
    await chat.lastAnswer
      .getByRole("button", { name: chat.say("chat.message.retry"), exact: true })
      .click();
    await expect(chat.lastAnswer).toContainText("You said: Is anybody there?");
    await expect(chat.questions).toHaveCount(1);
    await expect(chat.answers).toHaveCount(1);
  });
}

test("a model that is gone is named, and a limit says when to try again", async ({
  app,
  memberPage: page,
}) => {
  const chat = new ChatPage(page);
  await app.play("gone");
  await page.goto("/");
  await chat.ask("Hello?");
  await expect(chat.failure).toContainText("no longer offers the model gone");
  await app.play("error-429");
  await page.goto("/");
  await chat.ask("Hello?");
  await expect(chat.failure).toContainText(/until \d{1,2}:\d{2} [AP]M/);
});

const cuts = [
  ["reset", "connection_lost"],
  ["no-finish", "connection_lost"],
  ["error-in-stream", "provider_failed"],
  ["content-filter", "answer_filtered"],
] as const;

for (const [scenario, code] of cuts) {
  test(`${scenario}: what came is kept and marked, also after a reload`, async ({
    app,
    memberPage: page,
  }) => {
    await app.play(scenario);
    const chat = new ChatPage(page);
    await page.goto("/");
    await chat.ask("Tell me a story");
    for (const look of ["at once", "after a reload"]) {
      await expect(chat.lastAnswer, look).toContainText(partial);
      await expect(chat.lastAnswer, look).toContainText(chat.say(`errors.${code}`));
      await page.reload();
    }
    await expect(chat.lastAnswer.getByRole("button", { name: "Try again" })).toBeEnabled();
  });
}

test("an answer at its length limit says so", async ({ app, memberPage: page }) => {
  await app.play("length");
  const chat = new ChatPage(page);
  await page.goto("/");
  await chat.ask("Tell me a story");
  await expect(chat.lastAnswer).toContainText(partial);
  await expect(chat.lastAnswer).toContainText(chat.say("chat.message.length"));
});

test("a stall is said after ten seconds, and Stop ends it", async ({ app, memberPage: page }) => {
  await app.play("stall");
  await page.clock.install();
  const chat = new ChatPage(page);
  await page.goto("/");
  await chat.send("Anybody?");
  await expect(chat.stopButton).toBeVisible();
  await expect.poll(() => app.provider.requests().length).toBe(1);
  const sentence = page.getByText(chat.say("chat.waiting.long", { model: "stall" }));
  await expect(sentence).toHaveCount(0);
  await page.clock.fastForward(11_000);
  await expect(sentence).toBeVisible();
  await chat.stopButton.click();
  await expect.poll(() => app.provider.requests()[0]?.isClosedByClient).toBe(true);
  await expect(chat.lastAnswer).toContainText(chat.say("chat.message.stoppedEmpty"));
});

test("a stall ends by itself when the wait is over", async ({ app, memberPage: page }) => {
  await app.changeSettings({ firstTokenTimeoutSeconds: 1 });
  await app.play("stall");
  const chat = new ChatPage(page);
  await page.goto("/");
  await chat.ask("Anybody?");
  await expect(chat.failure).toContainText(chat.say("errors.provider_timeout"));
});

test("a provider that is down: the text is kept, and works once it is back", async ({
  app,
  memberPage: page,
}) => {
  await app.play("plain");
  await app.removeProvider();
  const chat = new ChatPage(page);
  await page.goto("/");
  await chat.ask("Are you up?");
  await expect(chat.failure).toContainText(chat.say("errors.provider_unreachable"));
  await app.returnProvider();
  await chat.lastAnswer.getByRole("button", { name: "Try again" }).click();
  await expect(chat.lastAnswer).toContainText("You said: Are you up?");
});

test("a server that is down: what was sent waits, and is sent once when it is back", async ({
  app,
  memberPage: page,
  watch,
}) => {
  watch.allow(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|status of 503/);
  await app.play("plain");
  const chat = new ChatPage(page);
  await page.goto("/");
  await expect(chat.composer).toBeVisible();
  await app.process.stop();
  await chat.send("Into the dark");
  await expect(page.getByText(chat.say("chat.unsent.retrying"))).toBeVisible();
  await expect(chat.questions).toContainText(["Into the dark"]);
  await app.start();
  await expect(chat.lastAnswer).toContainText("You said: Into the dark", { timeout: 25_000 });
  await expect(chat.questions).toHaveCount(1);
  expect(countCallsWith(app.provider.requests(), "Into the dark")).toBe(1);
});

test("a network that drops in the middle: the answer is picked up again", async ({
  app,
  context,
  memberPage: page,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_INCOMPLETE_CHUNKED/);
  await app.play("gate");
  const chat = new ChatPage(page);
  await page.goto("/");
  await chat.send("Hold on");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await context.setOffline(true);
  app.provider.release();
  await context.setOffline(false);
  await expect(chat.lastAnswer).toContainText("The second half is here too.", { timeout: 25_000 });
  await expect(chat.answers).toHaveCount(1);
  expect(app.provider.requests()).toHaveLength(1);
});

test("a session that ended: the text survives signing in again", async ({
  app,
  member,
  memberPage: page,
  watch,
}) => {
  watch.allow(/status of 401/);
  await app.play("plain");
  const chat = new ChatPage(page);
  await page.goto("/");
  await chat.ask("Before");
  await member.api.send("DELETE", "/api/me/sessions");
  await chat.send("After the session ended");
  await expect(page.getByText(chat.say("errors.unauthorized"))).toBeVisible();
  await page
    .getByRole("region", { name: chat.say("chat.conversation") })
    .getByRole("link", { name: chat.say("chat.unsent.signIn") })
    .click();
  const entry = new EntryPage(page);
  await expect(entry.signInHeading).toBeVisible();
  await entry.signIn(member);
  await expect(page.getByText("Before", { exact: true }).last()).toBeVisible();
  await expect(chat.composer).toHaveValue("After the session ended");
});

test("two tabs that send at once: both end with the same conversation", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
  watch,
}) => {
  watch.allow(/status of 409/);
  await app.play("gate");
  const conversationId = await member.api.completeTurn("A start", { model: app.modelId("plain") });
  const left = new ChatPage(page);
  await page.goto(`/c/${conversationId}`);
  const other = await openBrowser(app, member.api);
  // It would hear of the left one's message, and queue its own.
  await other.route("**/api/events", (route) => route.abort());
  await other.goto(`/c/${conversationId}`);
  const right = new ChatPage(other);
  await left.button(left.say("chat.model.pick", { name: "plain" })).click();
  await left.modelOption("gate").click();
  await left.send("From the left");
  await expect(left.lastAnswer).toContainText("The first half is here.");
  await right.send("From the right");
  await expect(other.getByText(right.say("errors.answer_in_progress"))).toBeVisible();
  await expect(right.composer).toHaveValue("From the right");
  app.provider.release();
  await expect(left.lastAnswer).toContainText("The second half is here too.");
  expect(countCallsWith(app.provider.requests(), "From the right")).toBe(0);
});
