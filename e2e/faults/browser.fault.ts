import { setTimeout as sleep } from "node:timers/promises";
import { EntryPage } from "../pages/entry-page";
import { expect, faultOnScreen } from "./fault";
import { answerWords, plain, writeWords } from "./scripts";

const inStep = { timeout: 15_000 };

faultOnScreen("B-01", "a tab closed in the middle changes nothing", async (world, openPage) => {
  const talk = await openPage();
  const words = world.random.between(60, 150);
  talk.play(answerWords(words, 50));
  await talk.begin();
  await expect(talk.chat.lastAnswer).toContainText(`w${String(world.random.between(1, 20))} `);
  await talk.page.close();
  const answer = await talk.settled();
  expect(answer.status).toBe("complete");
  expect(talk.calls[0]?.isClosedByClient).toBe(false);
  const again = await openPage();
  again.goesOn = false;
  await again.page.goto(`/c/${talk.id}`);
  await expect(again.chat.lastAnswer).toContainText(writeWords(words).trim());
  await expect(again.chat.answers).toHaveCount(1);
});

faultOnScreen(
  "B-02",
  "five reloads in the middle: one bubble, one call",
  async (world, openPage) => {
    const talk = await openPage();
    talk.play(answerWords(250, 50));
    await talk.begin();
    await expect(talk.chat.lastAnswer).toContainText("w3 ");
    for (let count = 0; count < 5; count += 1) {
      await talk.page.reload({ waitUntil: "commit" });
      await sleep(world.random.between(0, 500));
    }
    await expect(talk.chat.lastAnswer).toContainText("w1 w2 w3 ");
    await expect(talk.chat.lastAnswer).toContainText(writeWords(250).trim(), inStep);
    await talk.chat.waitUntilAnswered();
    await expect(talk.chat.questions).toHaveCount(1);
    await expect(talk.chat.answers).toHaveCount(1);
    expect(talk.calls).toHaveLength(1);
  },
);

faultOnScreen("B-03", "offline and back: said, resumed, nothing lost", async (world, openPage) => {
  const talk = await openPage();
  talk.play(answerWords(200, 50));
  await talk.begin();
  await expect(talk.chat.lastAnswer).toContainText("w2 ");
  await sleep(world.random.between(0, 600));
  await talk.page.context().setOffline(true);
  const banner = talk.page.getByText(talk.chat.say("frame.banner.offline"));
  await expect(banner).toBeVisible();
  await talk.chat.composer.fill("a thought while offline");
  await sleep(world.random.between(0, 4_000));
  await talk.page.context().setOffline(false);
  await expect(banner).toBeHidden(inStep);
  await expect(talk.chat.lastAnswer).toContainText(writeWords(200).trim(), inStep);
  await expect(talk.chat.questions).toHaveCount(1);
  await expect(talk.chat.answers).toHaveCount(1);
  await expect(talk.chat.composer).toHaveValue("a thought while offline");
  expect(talk.calls).toHaveLength(1);
});

faultOnScreen("B-04", "two tabs watch together, and send at once", async (world, openPage) => {
  const left = await openPage();
  left.play(answerWords(60, 50));
  await left.begin();
  const right = await openPage();
  right.goesOn = false;
  await right.page.goto(`/c/${left.id}`);
  for (const { chat } of [left, right])
    await expect(chat.lastAnswer).toContainText(writeWords(60).trim(), inStep);
  await left.chat.waitUntilAnswered();
  await right.chat.waitUntilAnswered();
  left.play(answerWords(20, 50));
  const [first, second] = [left.type("From the left."), left.type("From the right.")];
  await left.chat.composer.fill(first);
  await right.chat.composer.fill(second);
  const lateMs = world.random.between(0, 60);
  await Promise.all([
    left.chat.composer.press("Enter"),
    sleep(lateMs).then(() => right.chat.composer.press("Enter")),
  ]);
  // Whoever came second has the text still, and sends it by and by.
  await expect
    .poll(
      async () => {
        for (const { chat } of [left, right])
          if ((await chat.composer.inputValue()) !== "") await chat.composer.press("Enter");
        return (await left.messages()).filter(({ role }) => role === "user").length;
      },
      { timeout: 20_000, intervals: [500] },
    )
    .toBe(3);
  await left.settled();
  for (const { chat } of [left, right]) {
    await expect(chat.questions).toHaveCount(3, inStep);
    await expect(chat.answers).toHaveCount(3, inStep);
  }
  expect(left.calls).toHaveLength(3);
});

faultOnScreen(
  "B-05",
  "two clicks, two Enters, a key that is held: one message",
  async (world, openPage) => {
    const talk = await openPage();
    talk.play(answerWords(40, 40));
    await talk.page.goto("/");
    const ways = [
      async () => talk.chat.sendButton.dblclick({ delay: world.random.between(0, 20) }),
      async () => {
        await talk.chat.composer.press("Enter");
        await talk.page.keyboard.press("Enter");
      },
      async () => {
        for (let count = 0; count < 8; count += 1) await talk.page.keyboard.down("Enter");
        await talk.page.keyboard.up("Enter");
      },
    ];
    for (const [index, send] of ways.entries()) {
      await talk.chat.composer.fill(talk.type(`Once, number ${String(index + 1)}.`));
      await talk.chat.composer.focus();
      await send();
      await expect(talk.chat.questions).toHaveCount(index + 1);
      await expect(talk.chat.answers).toHaveCount(index + 1);
      if (index === 0) await talk.bind();
      await talk.settled();
      await talk.chat.waitUntilAnswered();
      expect(talk.calls).toHaveLength(index + 1);
    }
    await expect(talk.chat.questions).toHaveCount(3);
  },
);

faultOnScreen(
  "B-08",
  "a session that ends in the middle: the answer and the text survive",
  async (world, openPage) => {
    const { api, account } = await world.stage.welcome(`guest-${String(Date.now())}`);
    const talk = await openPage(api);
    talk.play(answerWords(120, 50));
    await talk.begin();
    await expect(talk.chat.lastAnswer).toContainText(`w${String(world.random.between(1, 30))} `);
    await api.send("DELETE", "/api/me/sessions");
    await api.signIn(account);
    expect((await talk.settled()).status).toBe("complete");
    talk.play(plain);
    await talk.chat.send(talk.type("After the session ended."));
    await talk.page
      .getByRole("link", { name: talk.chat.say("frame.banner.signIn") })
      .first()
      .click();
    const entry = new EntryPage(talk.page);
    await entry.signIn(account);
    await expect(talk.page).toHaveURL(new RegExp(`/c/${talk.id}$`));
    // It may wait in the field, or go out by itself.
    const text = `${talk.marker} After the session ended.`;
    await expect
      .poll(
        async () => {
          if ((await talk.chat.composer.inputValue()) === text)
            await talk.chat.composer.press("Enter");
          return talk.chat.questions.count();
        },
        { timeout: 15_000 },
      )
      .toBe(2);
    await expect(talk.chat.answers).toHaveCount(2);
    await expect(talk.chat.lastAnswer).toContainText(`You said: ${text}`);
  },
);

faultOnScreen(
  "B-09",
  "a new version while the tab is open: said, and the draft is kept",
  async (world, openPage) => {
    const talk = await openPage();
    talk.play(answerWords(100, 50));
    await talk.begin();
    await sleep(world.random.between(0, 1_000));
    await talk.page.route("**/api/**", async (route) => {
      if (route.request().url().includes("/stream") || route.request().url().includes("/events")) {
        await route.continue();
        return;
      }
      const response = await route.fetch();
      const headers = { ...response.headers(), "x-parley-build": "the-next-build" };
      await route.fulfill({ response, headers });
    });
    await talk.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    const banner = talk.page.getByText(talk.chat.say("frame.banner.outdated"));
    await expect(banner).toBeVisible();
    await talk.chat.composer.pressSequentially("to the last letter");
    await talk.page.unrouteAll({ behavior: "ignoreErrors" });
    await talk.chat.button(talk.chat.say("frame.banner.reload")).click();
    await expect(banner).toBeHidden();
    await expect(talk.chat.composer).toHaveValue("to the last letter");
    await expect(talk.chat.lastAnswer).toContainText(writeWords(100).trim(), inStep);
    expect(talk.calls).toHaveLength(1);
  },
);
