import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { EntryPage } from "./pages/entry-page";

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

/** Ends the page as a crash does: nothing on it hears of that. */
async function crash(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  devtools.send("Page.crash").catch(() => undefined);
  await crashed;
}

/** Leaves no room in the browser's storage; runs in the page. */
function fillStorage(): void {
  for (let size = 4_194_304; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (let at = 0; at < 4; at += 1) {
        localStorage.setItem(`filler-${String(Math.random())}`, "x".repeat(size));
      }
    } catch {
      // Full for this size: smaller ones go on.
    }
  }
}

test("each conversation keeps what was typed in it, and a new one keeps its own", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("The first conversation");
  await expect(page).toHaveURL(/\/c\//);
  const first = page.url();
  await chat.composer.fill("for the first");
  await page.goto("/");
  await expect(chat.composer).toHaveValue("");
  await chat.composer.fill("for a new one");
  await page.goto(first);
  await expect(chat.composer).toHaveValue("for the first");
  await page.goto("/");
  await expect(chat.composer).toHaveValue("for a new one");
  await chat.composer.press("Enter");
  await chat.waitUntilAnswered();
  await page.goto("/");
  await expect(chat.composer).toHaveValue("");
});

test("a tab in which nothing was typed leaves alone what another one keeps", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("One conversation in two tabs");
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  const other = new ChatPage(tab);
  await expect(other.composer).toHaveValue("");
  await chat.composer.fill("half a thought");
  const isKept = () => page.evaluate(() => JSON.stringify(localStorage).includes("half a thought"));
  await expect.poll(isKept).toBe(true);
  await tab.reload();
  await expect(other.composer).toHaveValue("half a thought");
});

test("what was typed survives a crash, also while one goes on typing", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  // Never a pause that is long enough to call it one.
  await chat.composer.pressSequentially("a thought that goes on and on and on", { delay: 40 });
  await crash(page);
  const after = await page.context().newPage();
  await after.goto("/");
  await expect(new ChatPage(after).composer).toHaveValue(/^a thought that goes on and on/);
});

test("what was typed for a new conversation outlives the one that is sent beside it", async ({
  memberPage: page,
}) => {
  const other = await page.context().newPage();
  const [here, there] = [new ChatPage(page), new ChatPage(other)];
  const isKept = (text: string) => async () =>
    page.evaluate((words) => JSON.stringify(localStorage).includes(words), text);
  await page.goto("/");
  await other.goto("/");
  await there.composer.fill("half a thought, elsewhere");
  await expect.poll(isKept("half a thought, elsewhere")).toBe(true);
  await here.ask("A question of another matter");
  await here.waitUntilAnswered();
  await expect(page).toHaveURL(/\/c\//);
  await expect.poll(isKept("half a thought, elsewhere")).toBe(true);
  await crash(other);
  await page.reload();
  await expect(here.composer).toHaveValue("");
  await page.goto("/");
  await expect(here.composer).toHaveValue("half a thought, elsewhere");
});

test("what was typed survives an expired session, and is there after signing in", async ({
  app,
  member,
  memberPage: page,
  watch,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Before it expires");
  await expect(page).toHaveURL(/\/c\//);
  const address = page.url();
  await chat.composer.fill("written while signed out");
  watch.allow(/status of 401/);
  await page.context().clearCookies();
  await page.goto(address);
  const entry = new EntryPage(page);
  await entry.field("email").fill(member.email);
  await entry.field("password").fill(member.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(address);
  await expect(chat.composer).toHaveValue("written while signed out");
  await chat.composer.press("Enter");
  await expect(chat.lastAnswer).toContainText("You said: written while signed out");
  expect(app.provider.requests()).toHaveLength(2);
});

test("with storage that is full everything works, and leaving asks first", async ({
  memberPage: page,
}) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  await page.evaluate(fillStorage);
  await chat.ask("Sent with full storage");
  await expect(chat.lastAnswer).toContainText("You said: Sent with full storage");
  await page.evaluate(fillStorage);
  await chat.composer.pressSequentially("This is longer than the last bytes that are free");
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  const asked: string[] = [];
  await expect
    .poll(async () => {
      await page.close({ runBeforeUnload: true });
      return asked;
    })
    .toContain("beforeunload");
  await expect(chat.composer).toHaveValue("This is longer than the last bytes that are free");
  await chat.composer.fill("");
  await page.reload();
  await expect(chat.questions).toHaveText(["Sent with full storage"]);
});

const sentence = "很长的一段话，里面什么都有。 words as well";
const pastes = [
  ["in lines", `${sentence}\n`],
  ["in one line", sentence],
] as const;

for (const [kind, piece] of pastes) {
  test(`a paste of 300 kB ${kind} is typed on in at once, and survives a reload`, async ({
    memberPage: page,
  }) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto("/");
    const chat = new ChatPage(page);
    const text = piece.repeat(20_000).slice(0, 300_000);
    await chat.composer.focus();
    await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
    await page.keyboard.press("ControlOrMeta+v");
    await expect(chat.composer).toHaveValue(text);
    const times: number[] = [];
    for (const key of "typing on") {
      const before = performance.now();
      await page.keyboard.press(key);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      times.push(performance.now() - before);
    }
    // A key takes a few frames, and many times that on a busy machine; without care for such a
    // paste it takes many seconds there.
    expect(times.toSorted((one, other) => one - other)[4]).toBeLessThan(2_500);
    await page.reload();
    await expect(chat.composer).toHaveValue(`${text}typing on`);
  });
}

test("the arrow up in an empty field edits the last message", async ({ memberPage: page }) => {
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("A mistkae");
  await chat.composer.press("ArrowUp");
  const editor = chat.questions.last().getByRole("textbox");
  await expect(editor).toBeFocused();
  await expect(editor).toHaveValue("A mistkae");
  await page.keyboard.press("Escape");
  await expect(editor).toHaveCount(0);
  await chat.composer.fill("not empty");
  await chat.composer.press("ArrowUp");
  await expect(editor).toHaveCount(0);
});
