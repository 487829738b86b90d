import { readMessagesOf, textOf } from "./fixtures/conversation";
import { expect, test } from "./fixtures/test";
import { ChatPage } from "./pages/chat-page";

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test("Markdown is laid out: headings, lists, table, code, formulas, diagram, link", async ({
  app,
  memberPage: page,
}) => {
  await app.play("markdown");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Show me everything");
  const answer = chat.lastAnswer;
  await expect(answer.getByRole("heading", { name: "A short tour" })).toBeVisible();
  await expect(answer.getByRole("listitem").filter({ hasText: /^a nested point$/ })).toBeVisible();
  await expect(answer.getByRole("cell", { name: "TypeScript" })).toBeVisible();
  await expect(answer.getByRole("columnheader", { name: "Language" })).toBeVisible();
  await expect(answer.getByRole("region", { name: /python/ })).toContainText("def greet");
  await expect(answer.locator("math")).toHaveCount(2);
  await expect(answer.getByRole("img", { name: /^Diagram/ })).toBeVisible();
  const link = answer.getByRole("link", { name: "link", exact: true });
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(answer.getByText("**bold**")).toHaveCount(0);
  await answer.getByRole("button", { name: chat.say("chat.diagram.showSource") }).click();
  await expect(answer.getByText("flowchart LR")).toBeVisible();
});

test("an image is a link until somebody wants it", async ({ app, memberPage: page }) => {
  await app.play("markdown");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Show me an image");
  const image = chat.lastAnswer.getByRole("link", { name: /images\.example\.com/ });
  await expect(image).toHaveAttribute("href", "https://images.example.com/lake.png");
  await expect(image).toHaveAttribute("target", "_blank");
  await expect(page.locator('img[src^="http"]')).toHaveCount(0);
});

test("code is copied as it was written", async ({ app, context, memberPage: page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.play("code");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Show me code");
  await chat.lastAnswer
    .getByRole("button", { name: chat.say("chat.code.copy") })
    .first()
    .click();
  await expect(
    chat.lastAnswer.getByRole("button", { name: chat.say("chat.code.copied") }),
  ).toBeVisible();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
    "export function add(left: number, right: number): number {\n  return left + right;\n}",
  );
  await chat.lastAnswer
    .getByRole("button", { name: chat.say("chat.message.copy"), exact: true })
    .click();
  await expect
    .poll(() => page.evaluate("navigator.clipboard.readText()"))
    .toContain("```typescript");
});

test("reasoning is shown apart, folded", async ({ app, memberPage: page }) => {
  for (const scenario of ["reasoning", "think-tags"]) {
    await app.play(scenario);
    await page.goto("/");
    const chat = new ChatPage(page);
    await chat.ask("Think about it");
    const thinking = chat.lastAnswer.getByRole("button", { expanded: false }).first();
    const reasoning = chat.lastAnswer.getByText("First I look at it");
    await expect(chat.lastAnswer).toContainText("After some thought: Think about it");
    await expect(reasoning).toBeHidden();
    await thinking.click();
    await expect(reasoning).toBeVisible();
  }
});

test("hostile Markdown does nothing", async ({ app, memberPage: page, watch }) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  // Mermaid meets the attack in its sandbox, whose own policy stops it there.
  watch.allow(/inline event handler.*\/vendor\/mermaid/s);
  await app.play("xss");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.ask("Attack me");
  const answer = chat.lastAnswer;
  await expect(answer).toContainText("Some harmless text after.");
  await expect(
    answer.getByRole("button", { name: chat.say("chat.diagram.showSource") }),
  ).toBeVisible();
  await expect(answer.locator("script, iframe, style, object, [onerror], [onload]")).toHaveCount(0);
  await expect(answer.locator('a[href^="javascript:"], a[href^="data:"]')).toHaveCount(0);
  await expect(answer.locator('img:not([src^="data:image/svg+xml"])')).toHaveCount(0);
  await page.reload();
  await expect(answer).toContainText("Some harmless text after.");
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(dialogs).toEqual([]);
  watch.check();
});

test("a long answer arrives whole", async ({ app, member, memberPage: page }) => {
  await app.play("long");
  await page.goto("/");
  const chat = new ChatPage(page);
  await chat.send("Write much");
  await expect(chat.lastAnswer).toContainText("Sentence 570 of the long text.", {
    timeout: 20_000,
  });
  await chat.waitUntilAnswered();
  const id = new URL(page.url()).pathname.replace("/c/", "");
  const stored = textOf((await readMessagesOf(member.api, id)).at(-1));
  expect(stored.match(/Sentence \d+/g)).toHaveLength(570);
});
