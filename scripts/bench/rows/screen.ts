import type { Browser } from "@playwright/test";
import type { Bench } from "../bench";
import { WatchedPage, withBrowser } from "../browser";
import { writeScript } from "../script";
import { median } from "../statistics";
import type { Line } from "../table";

/** Row 10: a long conversation, from the address to something one can work with. */
export function measureLongPage(bench: Bench): Promise<Line[]> {
  const path = `/c/${bench.longHistory.conversationId}`;
  return withBrowser(async (browser) => {
    const visible: number[] = [];
    const interactive: number[] = [];
    for (let run = 0; run < (bench.isQuick ? 2 : 5); run++) {
      const watched = await WatchedPage.open(browser, bench.app);
      await watched.page.goto(bench.app.url + path, { waitUntil: "commit" });
      await watched.page.getByRole("article").last().waitFor({ state: "visible" });
      const seenAt = (await watched.tasks()).now;
      await watched.page.getByRole("textbox").last().waitFor({ state: "visible" });
      await watched.settle();
      const { tasks } = await watched.tasks();
      visible.push(seenAt / 1000);
      // Interactive once the last long task is over, and not before there is something to see.
      interactive.push(Math.max(seenAt, ...tasks.map((task) => task.start + task.ms)) / 1000);
      await watched.close();
    }
    const what = `conversation of ${bench.longHistory.size} messages`;
    return [
      { row: 10, what: `${what}: last visible`, unit: "s", parley: median(visible), goal: "0.4" },
      {
        row: 10,
        what: `${what}: interactive`,
        unit: "s",
        parley: median(interactive),
        goal: "0.6",
      },
    ];
  });
}

/** Row 11: a long answer in Markdown, as the browser's main thread feels it. */
export function measureReading(bench: Bench): Promise<Line[]> {
  return withBrowser(async (browser) => [
    ...(await read(bench, browser, { what: "", path: "/", goals: ["20", "50"] })),
    ...(await read(bench, browser, {
      what: ", 4x slower",
      path: "/",
      slowdown: 4,
      goals: ["", "50"],
    })),
    ...(await read(bench, browser, {
      what: ", inside 500 messages",
      path: `/c/${bench.longHistory.conversationId}`,
      goals: ["", "50"],
    })),
  ]);
}

type Reading = { what: string; path: string; slowdown?: number; goals: [string, string] };

async function read(bench: Bench, browser: Browser, reading: Reading): Promise<Line[]> {
  const tokens = bench.isQuick ? 500 : 4_000;
  const watched = await WatchedPage.open(browser, bench.app, reading.slowdown);
  const { page } = watched;
  await page.goto(bench.app.url + reading.path);
  await watched.settle();
  const composer = page.getByRole("textbox").last();
  await composer.fill(writeScript({ tokens, perSecond: 100, form: "markdown" }));
  const before = { busyMs: await watched.busyMs(), at: (await watched.tasks()).now };
  await composer.press("Enter");
  await page.locator('article[aria-busy="true"]').waitFor();
  // Asked for once a second, so that asking costs the page next to nothing.
  await page.waitForFunction(isQuiet, null, { polling: 1_000, timeout: 180_000 });
  const after = { busyMs: await watched.busyMs(), ...(await watched.tasks()) };
  await watched.close();
  const during = after.tasks.filter((task) => task.start >= before.at).map((task) => task.ms);
  const share = ((after.busyMs - before.busyMs) / (after.now - before.at)) * 100;
  const what = `${tokens.toLocaleString("en")} tokens at 100/s${reading.what}`;
  const [busyGoal, worstGoal] = reading.goals;
  return [
    { row: 11, what: `${what}: main thread busy`, unit: "%", parley: share, goal: busyGoal },
    {
      row: 11,
      what: `${what}: worst task`,
      unit: "ms",
      parley: Math.max(0, ...during),
      goal: worstGoal,
      note: during.length === 0 ? "none over 50 ms" : `${during.length} over 50 ms`,
    },
  ];
}

/** Runs in the page. */
function isQuiet(): boolean {
  return document.querySelector('article[aria-busy="true"]') === null;
}

/** Row 12: the JavaScript that a page brings, also what it fetches only after a moment. */
export function measureScripts(bench: Bench): Promise<Line[]> {
  const weigh = async (browser: Browser, path: string) => {
    const watched = await WatchedPage.open(browser, bench.app);
    // A page keeps a connection open for news, so that its network never idles.
    await watched.page.goto(bench.app.url + path, { waitUntil: "load" });
    await watched.settle(3_000);
    const kilobytes = await watched.scriptKilobytes();
    await watched.close();
    return kilobytes;
  };
  return withBrowser(async (browser) => [
    {
      row: 12,
      what: "scripts of a new chat's page, gzip",
      unit: "kB",
      parley: await weigh(browser, "/"),
      goal: "190",
    },
    {
      row: 12,
      what: "scripts of a conversation with code, gzip",
      unit: "kB",
      parley: await weigh(browser, `/c/${bench.codeHistory.conversationId}`),
      goal: "300",
      note: "code, a table and a formula",
    },
  ]);
}
