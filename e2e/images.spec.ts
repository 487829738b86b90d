import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { App } from "./fixtures/app";
import { limits } from "@/lib/contracts/limits";
import { dragOver, makeNoise, makePicture, pasteInto } from "./fixtures/pictures";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";
import { expectLoaded, ImageView } from "./pages/image-view";
import { questionAt } from "./pages/message-view";

const cat = makePicture("cat.png", 320, 200, 40);
const dog = makePicture("dog.png", 200, 320, 220);
const uploads = "**/api/attachments?*";

test.beforeEach(async ({ app }) => {
  app.provider.reset();
  await app.play("plain");
});

async function open(page: Page, path = "/") {
  await page.goto(path);
  const chat = new ChatPage(page);
  await expect(chat.composer).toBeEditable();
  return { chat, images: new ImageView(chat) };
}

type Content = string | { type: string; image_url?: { url: string } }[];

/** How many images the model was sent with the newest question. */
function sentImages(app: App): number {
  const body = app.provider.requests().at(-1)?.body as { messages: { content: Content }[] };
  const content = body.messages.at(-1)?.content ?? "";
  if (typeof content === "string") return 0;
  return content.filter(({ image_url }) => image_url?.url.startsWith("data:image/png;base64,"))
    .length;
}

test("images are picked, pasted and dropped, seen before they go out, and stay", async ({
  app,
  memberPage: page,
}) => {
  const { chat, images } = await open(page);
  await images.pick(cat);
  await pasteInto(chat.composer, dog);
  const dragged = await dragOver(page.getByRole("main"), makePicture("bird.png"));
  await expect(page.getByText(chat.say("images.drop"))).toBeVisible();
  await dragged.drop();
  await expect(page.getByText(chat.say("images.drop"))).toBeHidden();
  await images.waitUntilUploaded(3);
  await images.removeButton("bird.png").click();
  await expect(images.waiting).toHaveCount(2);

  await chat.ask("What is in these?");
  await expect(images.tray).toHaveCount(0);
  expect(sentImages(app)).toBe(2);
  await page.reload();
  for (const name of ["cat.png", "dog.png"])
    await expectLoaded(images.thumb(name).getByRole("img", { name }));
  await expect(chat.questions).toContainText("What is in these?");
});

test("what is dragged away again leaves no trace, and words are pasted as words", async ({
  memberPage: page,
}) => {
  const { chat, images } = await open(page);
  const dragged = await dragOver(page.getByRole("main"), cat);
  await dragged.leave();
  await expect(page.getByText(chat.say("images.drop"))).toBeHidden();
  await pasteInto(chat.composer, cat, "A cell of a table");
  await expect(images.tray).toHaveCount(0);
});

test("an image opens whole; arrows lead on, Escape leads back", async ({ memberPage: page }) => {
  const { chat, images } = await open(page);
  await images.pick(cat, dog);
  await images.waitUntilUploaded(2);
  await chat.ask("Two");
  await images.thumb("cat.png").focus();
  await page.keyboard.press("Enter");
  await expect(images.lightbox("cat.png")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await expectLoaded(images.lightbox("dog.png").getByRole("img"));
  await expect(page.getByText(chat.say("images.place", { at: 2, count: 2 }))).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(images.lightbox("dog.png")).toHaveCount(0);
  await expect(images.thumb("cat.png")).toBeFocused();
});

test("a message needs no words, and its conversation is named in one's own language", async ({
  app,
  member,
  openBrowser,
}) => {
  const page = await openBrowser(app, member.api, { locale: "zh-CN" });
  await page.goto("/");
  const chat = new ChatPage(page, "zh-CN");
  const images = new ImageView(chat);
  await images.pick(cat);
  await images.waitUntilUploaded(1);
  await chat.composer.press("Enter");
  await chat.waitUntilAnswered();
  await expect(page).toHaveTitle(/^图片 · /);
  expect(sentImages(app)).toBe(1);
  await expect(questionAt(chat, 0).button(chat.say("chat.message.copy"))).toHaveCount(0);
});

test("sending waits for the upload, and goes on by itself when the network is back", async ({
  app,
  memberPage: page,
  watch,
}) => {
  watch.allow(/ERR_/);
  const { chat, images } = await open(page);
  let tries = 0;
  await page.route(uploads, async (route) => {
    tries += 1;
    if (tries === 1) await route.abort("connectionfailed");
    else await route.continue();
  });
  await images.pick(cat);
  await chat.send("Wait for it");
  await chat.waitUntilAnswered();
  expect(tries).toBe(2);
  expect(sentImages(app)).toBe(1);
});

test("an image that is refused says why, and the message waits for a decision", async ({
  memberPage: page,
  watch,
}) => {
  watch.allow(/(?:400|500)/);
  const { chat, images } = await open(page);
  const broken = { name: "page.png", mimeType: "image/png", buffer: Buffer.from("<html>") };
  await images.pick(broken);
  await expect(page.getByText(chat.say("errors.image_unreadable"))).toBeVisible();
  await chat.composer.fill("Kept");
  await expect(chat.sendButton).toBeDisabled();
  await images.removeButton("page.png").click();
  await expect(chat.sendButton).toBeEnabled();

  await page.route(uploads, (route) =>
    route.fulfill({ status: 500, json: { error: { code: "internal", message: "internal" } } }),
  );
  await images.pick(cat);
  await expect(page.getByText(chat.say("images.failed", { name: "cat.png" }))).toBeVisible();
  await page.unroute(uploads);
  await chat.button(chat.say("images.retry")).click();
  await images.waitUntilUploaded(1);
  await expect(chat.composer).toHaveValue("Kept");
  await expect(chat.sendButton).toBeEnabled();
});

test("a draft keeps its images over a reload, and so does what waits in the queue", async ({
  app,
  memberPage: page,
}) => {
  const { chat, images } = await open(page);
  await images.pick(cat);
  await images.waitUntilUploaded(1);
  await chat.composer.fill("Not sent yet");
  await page.reload();
  await images.waitUntilUploaded(1);
  await expectLoaded(images.tray.getByRole("img", { name: "cat.png" }));
  await expect(chat.composer).toHaveValue("Not sent yet");

  await chat.pickModel("gate");
  await chat.composer.press("Enter");
  await expect(chat.lastAnswer).toContainText("The first half is here.");
  await images.pick(dog);
  await images.waitUntilUploaded(1);
  await chat.composer.press("Enter");
  const queue = page.getByRole("region", { name: chat.say("chat.queue.label") });
  await expect(queue).toContainText(chat.say("images.ofMessage", { count: 1 }));
  await page.reload();
  await expect(queue).toContainText(chat.say("images.ofMessage", { count: 1 }));
  app.provider.release();
  await expect(images.thumb("dog.png")).toBeVisible();
  await expect.poll(() => app.provider.requests().length).toBe(2);
  expect(sentImages(app)).toBe(1);
  app.provider.release();
  await chat.waitUntilAnswered();
});

test("an edited message keeps its images, less those that are taken out", async ({
  app,
  memberPage: page,
}) => {
  const { chat, images } = await open(page);
  await images.pick(cat, dog);
  await images.waitUntilUploaded(2);
  await chat.ask("Two animals");
  const question = questionAt(chat, 0);
  await question.edit();
  await question.button(chat.say("images.remove", { name: "dog.png" })).click();
  await question.field.fill("One animal");
  await question.field.press("Enter");
  await expect(question.version(2, 2)).toBeVisible();
  await chat.waitUntilAnswered();
  expect(sentImages(app)).toBe(1);
  await question.previous.click();
  await expect(images.thumb("dog.png")).toBeVisible();
});

test("a model that can't see is said to be one before anything is sent", async ({
  app,
  memberPage: page,
}) => {
  const setVision = (vision: "yes" | "no") =>
    app.admin.send("PATCH", `/api/admin/models/${app.modelId("plain")}`, {
      card: { capabilities: { vision } },
    });
  await setVision("no");
  try {
    const { chat, images } = await open(page);
    await images.pick(cat);
    await images.waitUntilUploaded(1);
    await chat.composer.fill("Look");
    await expect(page.getByText(chat.say("images.unseen", { model: "plain" }))).toBeVisible();
    await expect(chat.sendButton).toBeDisabled();
    await chat.button(chat.say("images.pickModel")).click();
    await chat.modelOption("markdown").click();
    await expect(chat.sendButton).toBeEnabled();
    await chat.pickModel("plain");
    await chat.button(chat.say("images.removeAll", { count: 1 })).click();
    await chat.ask("Words then");
    expect(app.provider.requests()).toHaveLength(1);
  } finally {
    await setVision("yes");
  }
});

test("an upload is bounded on the real server, which answers others meanwhile", async ({
  app,
  member,
}) => {
  const post = (body: Uint8Array<ArrayBuffer>) =>
    member.api.fetch("/api/attachments?name=large.png", {
      method: "POST",
      headers: { "content-type": "image/png" },
      body,
    });
  const photo = new Uint8Array(makeNoise(1700, 1700).buffer);
  expect(photo.byteLength).toBeGreaterThan(10 * 1024 * 1024);
  const tooLarge = new Uint8Array(limits.uploadBytes + 1);
  tooLarge.set(photo);
  expect((await post(tooLarge)).status).toBe(413);

  const uploads = Promise.all([1, 2, 3].map(() => post(photo)));
  const work = { isDone: false };
  void uploads.finally(() => (work.isDone = true));
  const delays: number[] = [];
  while (!work.isDone) {
    const startMs = performance.now();
    expect((await app.admin.request("GET", "/api/health")).status).toBe(200);
    delays.push(performance.now() - startMs);
  }
  expect((await uploads).map(({ status }) => status)).toEqual([200, 200, 200]);
  // Pixels are worked on in threads of their own.
  expect(delays.toSorted((one, other) => one - other)[delays.length >> 1]).toBeLessThan(250);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("images are picked, sent and opened by touch, and nothing is wider than the screen", async ({
    memberPage: page,
  }) => {
    const { chat, images } = await open(page);
    await images.pick(cat, dog, makePicture("wide.png", 1600, 300), makePicture("d.png"));
    await images.waitUntilUploaded(4);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBe(0);
    await chat.composer.fill("From the camera roll");
    await chat.sendButton.tap();
    await chat.waitUntilAnswered();
    expect(await overflow()).toBe(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations).toEqual([]);
    }
    await images.thumb("wide.png").tap();
    await expectLoaded(images.lightbox("wide.png").getByRole("img"));
    expect(await overflow()).toBe(0);
    await chat.button(chat.say("images.close")).tap();
    await expect(images.lightbox("wide.png")).toHaveCount(0);
  });
});
