import type { Locator, Page } from "@playwright/test";
import { insertConversation, writePast } from "./fixtures/long-conversation";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";

const size = 5_000;

/** Where an element is on the screen, from the top. */
async function topOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.y ?? Number.NaN;
}

function listOf(page: Page): Locator {
  return page.getByRole("region", { name: "Conversation", exact: true });
}

const scrollTo = (list: Locator, px: number) =>
  list.evaluate((box, top) => {
    box.scrollTop = top;
  }, px);

/** The row in the middle of what is seen. */
const findSeenRow = (list: Locator) =>
  list.evaluate((box) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    const rows = [...box.querySelectorAll<HTMLElement>("[data-row]")];
    const middle = top + height / 2;
    const row = rows.find(
      (one) => one.contains(seen) || one.getBoundingClientRect().bottom >= middle,
    );
    return row?.dataset["row"] ?? "";
  });

/** Goes so far up that the end is let go of. */
async function leaveTheEnd(list: Locator): Promise<void> {
  const rows = list.locator("[data-row]");
  const last = await rows.last().getAttribute("data-row");
  await expect(async () => {
    await scrollTo(list, 0);
    expect(await rows.last().getAttribute("data-row")).not.toBe(last);
  }).toPass({ intervals: [50], timeout: 30_000 });
}

/** Where what was found is on the screen, from the top; -1 while it is nowhere. */
function findMarkedTop(): number {
  const [range] = CSS.highlights.get("found-current") ?? [];
  const { top, height } =
    range instanceof Range ? range.getBoundingClientRect() : { top: -1, height: 0 };
  return height > 0 && top < window.innerHeight ? top : -1;
}

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test("thousands of messages: at the end at once, up without a jump, few rows, and back", async ({
  app,
  member,
  memberPage: page,
  openBrowser,
}) => {
  test.setTimeout(120_000);
  const id = await insertConversation(app, member.email, writePast(size));
  const chat = new ChatPage(page);
  const list = listOf(page);
  const rows = list.locator("[data-row]");

  // What the server renders is already its end, before any script has run.
  const still = await openBrowser(app, member.api, { javaScriptEnabled: false });
  await still.goto(`/c/${id}`);
  await expect(still.getByText(`Answer number ${String(size)}.`)).toBeInViewport();

  await page.goto(`/c/${id}`);
  await expect(chat.lastAnswer).toContainText(`Answer number ${String(size)}.`);
  await expect(chat.lastAnswer).toBeInViewport();
  expect(await rows.count()).toBeLessThan(100);

  // The page that is loaded above does not move what is read.
  await page.route("**/messages?**before=**", async (route) => {
    await held;
    await route.continue();
  });
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await scrollTo(list, 30);
  const read = rows.nth(2);
  const readId = await read.getAttribute("data-row");
  await expect(page.getByText(chat.say("chat.scroll.loadingOlder"))).toBeVisible();
  const before = await topOf(read);
  release();
  await expect(rows.nth(2)).not.toHaveAttribute("data-row", readId ?? "");
  const same = list.locator(`[data-row="${readId ?? ""}"]`);
  expect(Math.abs((await topOf(same)) - before)).toBeLessThan(2);

  // Rows far from the reader are let go; the way to the end is one click.
  await leaveTheEnd(list);
  expect(await rows.count()).toBeLessThanOrEqual(300);
  await expect(page.getByText(`Answer number ${String(size)}.`)).toHaveCount(0);
  await chat.button(chat.say("chat.scroll.toEnd")).click();
  await expect(chat.lastAnswer).toContainText(`Answer number ${String(size)}.`);
  await expect(chat.lastAnswer).toBeInViewport();

  // Or all the way down on foot.
  await leaveTheEnd(list);
  await expect(async () => {
    await scrollTo(list, 1_000_000);
    await expect(page.getByText(`Answer number ${String(size)}.`)).toBeInViewport({ timeout: 200 });
  }).toPass({ intervals: [50], timeout: 30_000 });
  expect(await rows.count()).toBeLessThanOrEqual(300);
});

test("an answer that is written at the end leaves a reader far above in peace", async ({
  app,
  member,
  memberPage: page,
}) => {
  test.setTimeout(90_000);
  const id = await insertConversation(app, member.email, writePast(600));
  await app.play("gate");
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page);
  const list = listOf(page);
  await chat.send("Write while I read");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await leaveTheEnd(list);
  await scrollTo(list, 600);
  await expect(page.getByText(chat.say("chat.scroll.loadingOlder"))).toHaveCount(0);
  const read = list.locator(`[data-row="${await findSeenRow(list)}"]`);
  await expect(read).toBeInViewport();
  const before = await topOf(read);
  app.provider.release();
  const pill = chat.button(chat.say("chat.scroll.toEnd"));
  await expect(pill).toBeVisible();
  await expect(chat.sendButton).toBeVisible();
  expect(Math.abs((await topOf(read)) - before)).toBeLessThan(2);
  await pill.click();
  await expect(chat.lastAnswer).toContainText("The second half is here too.");
  await expect(chat.lastAnswer).toBeInViewport();

  // What one sends belongs to the end, wherever one reads, and is seen there.
  await leaveTheEnd(list);
  await app.play("plain");
  await chat.button(chat.say("chat.model.pick", { name: "gate" })).click();
  await chat.modelOption("plain").click();
  await chat.send("From far above");
  await expect(chat.lastAnswer).toContainText("You said: From far above");
  await expect(chat.lastAnswer).toBeInViewport();
  await page.reload();
  await expect(chat.questions.last()).toHaveText("From far above");
  await expect(page.getByText("The second half is here too.")).toBeVisible();
});

test("words are found in the whole conversation, and gone to", async ({
  app,
  member,
  memberPage: page,
  watch,
}) => {
  test.setTimeout(90_000);
  const past = writePast(2_000);
  past[100] = { role: "user", text: "滑动窗口是什么？" };
  past[1_501] = { role: "assistant", text: "再说一次：**滑动**窗口会保留最近几轮。" };
  past[700] = { role: "user", text: `${"A pasted line.\n".repeat(600)}A word at its foot.` };
  const id = await insertConversation(app, member.email, past);
  await page.goto(`/c/${id}`);
  const chat = new ChatPage(page);
  const bar = page.getByRole("search", { name: chat.say("chat.find.label") });
  const field = bar.getByRole("textbox");
  await expect(chat.composer).toBeFocused();
  await page.keyboard.press("Control+f");
  await expect(field).toBeFocused();

  await field.fill("number 17.");
  await expect(bar.getByRole("status")).toHaveText("1 of 1");
  await expect(page.getByText("Question number 17.")).toBeInViewport();

  await field.fill("滑动");
  await expect(bar.getByRole("status")).toHaveText(/of 2$/);
  const places = [page.getByText("滑动窗口是什么？"), page.getByText("窗口会保留最近几轮")];
  const [first, second] = places;
  if (first === undefined || second === undefined) throw new Error("two places");
  await expect(first.or(second).first()).toBeInViewport();
  for (const key of ["Enter", "Shift+Enter", "ArrowDown", "ArrowUp"]) {
    const isFirst = ((await bar.getByRole("status").textContent()) ?? "").startsWith("1");
    await field.press(key);
    await expect(bar.getByRole("status")).toHaveText(isFirst ? "2 of 2" : "1 of 2");
    await expect(isFirst ? second : first).toBeInViewport();
  }
  const marked = () => page.evaluate("CSS.highlights.get('found-current')?.size ?? 0");
  await expect.poll(marked).toBe(1);

  // What is found in a folded message is unfolded, and gone to, not only its beginning.
  await field.fill("a word at its foot");
  await expect(bar.getByRole("status")).toHaveText("1 of 1");
  await expect.poll(() => page.evaluate(findMarkedTop)).toBeGreaterThan(0);

  await field.fill("nowhere to be found");
  await expect(bar.getByRole("status")).toHaveText(chat.say("chat.find.none"));
  watch.allow(/ERR_FAILED/);
  await page.route("**/find?**", (route) => route.abort());
  await field.fill("number 17");
  await expect(bar.getByRole("alert")).toContainText(chat.say("chat.find.failed"));
  await page.unroute("**/find?**");
  await bar.getByRole("button", { name: chat.say("chat.find.retry") }).click();
  await expect(bar.getByRole("status")).toHaveText(/^\d+ of \d+/);

  await field.press("Escape");
  await expect(bar).toBeHidden();
  await expect(chat.composer).toBeFocused();
  expect(await marked()).toBe(0);

  await chat.button(chat.say("chat.menu.label")).click();
  await page.getByRole("menuitem", { name: chat.say("chat.menu.find") }).click();
  await expect(field).toBeFocused();
});

test("a conversation that is loaded as a whole leaves the browser its own key", async ({
  app,
  memberPage: page,
}) => {
  await app.play("plain");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Short");
  await page.evaluate(() => {
    window.addEventListener("keydown", (event) => {
      document.title = `taken: ${String(event.defaultPrevented)}`;
    });
  });
  await page.keyboard.press("Control+f");
  await expect(page).toHaveTitle("taken: false");
  await expect(page.getByRole("search")).toHaveCount(0);
});
