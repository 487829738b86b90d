import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { chromium, type Browser, type CDPSession, type Page } from "@playwright/test";
import { findBrowser } from "../lib/browser.mjs";
import type { App } from "./app";

/** A page of a signed-in person in a browser with nothing cached, and what it costs. */
export class WatchedPage {
  readonly page: Page;
  private readonly cdp: CDPSession;
  private readonly scripts: Promise<number>[] = [];

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.cdp = cdp;
    page.on("response", (response) => {
      // By its content: what a worker fetches has no type of its own.
      if (!(response.headers()["content-type"] ?? "").includes("javascript")) return;
      this.scripts.push(
        response
          .body()
          .then((body) => gzipSync(body).length)
          .catch(() => 0),
      );
    });
  }

  /** @param slowdown how many times slower than this machine the browser's is. */
  static async open(browser: Browser, app: App, slowdown = 1): Promise<WatchedPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const cookies = (app.headers()["cookie"] ?? "").split("; ").map((pair) => {
      const split = pair.indexOf("=");
      return { name: pair.slice(0, split), value: pair.slice(split + 1), url: app.url };
    });
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.addInitScript(watchTasks);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable");
    if (slowdown > 1) await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    return new WatchedPage(page, cdp);
  }

  /** Kilobytes of all scripts so far, those of workers included, compressed by gzip. */
  async scriptKilobytes(): Promise<number> {
    const sizes = await Promise.all(this.scripts);
    return sizes.reduce((sum, size) => sum + size, 0) / 1000;
  }

  /** Waits until no task was long for a while. */
  async settle(quietMs = 1_500): Promise<void> {
    for (;;) {
      const { now, tasks } = await this.tasks();
      const lastEnd = Math.max(0, ...tasks.map((task) => task.start + task.ms));
      if (now - lastEnd >= quietMs) return;
      await sleep(100);
    }
  }

  /** Tasks of over 50 ms since the page began, by its own clock in milliseconds. */
  tasks(): Promise<{ now: number; tasks: LongTask[] }> {
    return this.page.evaluate(() => ({
      now: performance.now(),
      tasks: (globalThis as unknown as { longTasks: LongTask[] }).longTasks,
    }));
  }

  /** How long the main thread has been busy so far, in milliseconds. */
  async busyMs(): Promise<number> {
    const { metrics } = await this.cdp.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

export type LongTask = { start: number; ms: number };

/** Runs in the page, before anything of its own. */
function watchTasks(): void {
  const longTasks: LongTask[] = [];
  Object.assign(globalThis, { longTasks });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      longTasks.push({ start: entry.startTime, ms: entry.duration });
    }
  }).observe({ type: "longtask", buffered: true });
}

export async function withBrowser<Value>(
  work: (browser: Browser) => Promise<Value>,
): Promise<Value> {
  const executablePath = await findBrowser();
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    ...(executablePath !== "" && { executablePath }),
    args: isRoot ? ["--no-sandbox"] : [],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
