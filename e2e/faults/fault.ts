import { expect, test as base, type BrowserContext, type TestInfo } from "@playwright/test";
import type { ApiClient } from "../fixtures/api-client";
import { Watch } from "../fixtures/watch";
import type { Evidence } from "./invariants";
import { PageTalk } from "./page-talk";
import { startPair, type Pair, type RedisUse } from "./pair";
import { Random } from "./random";
import { seeds } from "./seeds";
import { Stage, type StageOptions } from "./stage";
import { World } from "./world";

/** A stage on which many faults follow each other, and what happened on it. */
type SharedStage = { stage: Stage; evidence: Evidence[] };

// Connections to the database and to providers stay open for a while.
const filesOfPools = 32;

const aloneMs = 120_000;

type OpenPage = (world: World, who?: ApiClient) => Promise<PageTalk>;

const test = base.extend<{ openPage: OpenPage }, { shared: SharedStage }>({
  openPage: async ({ browser }, use) => {
    const watch = new Watch();
    // What the browser says of requests that a fault made fail, in its own words.
    watch.allow(/^console: Failed to load resource|net::ERR_/);
    const contexts: BrowserContext[] = [];
    await use(async (world, who = world.stage.member) => {
      const url = world.app.url;
      const context = await browser.newContext({ baseURL: url });
      contexts.push(context);
      watch.observe(context);
      watch.trust(url);
      await context.addCookies(who.cookies.map((cookie) => ({ ...cookie, url })));
      return world.add(new PageTalk(world.app, who, await context.newPage()));
    });
    for (const context of contexts) await context.close();
    watch.check();
  },

  shared: [
    async ({}, use) => {
      const stage = await Stage.start();
      await stage.takeBaseline();
      const evidence: Evidence[] = [];
      await use({ stage, evidence });
      const leak = await stage.waitForLeak(filesOfPools);
      if (stage.database === null) await judgeEmbedded(stage, evidence, null);
      await stage.stop();
      expect(leak, "open files").toBeNull();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

type Run = (world: World) => Promise<void>;

/** One fault, tried with each seed on the worker's stage; the checker has the last word. */
export function fault(id: string, title: string, run: Run, timeoutMs = 60_000): void {
  for (const seed of seeds) {
    test(name(id, title, seed), async ({ shared }, info) => {
      info.setTimeout(timeoutMs);
      const world = new World(shared.stage, new Random(id, seed));
      await tryFault(world, run, info);
      shared.evidence.push(...world.evidence());
    });
  }
}

/** The same in a browser: every page that it opens belongs to a talk. */
export function faultOnScreen(
  id: string,
  title: string,
  run: (world: World, openPage: (who?: ApiClient) => Promise<PageTalk>) => Promise<void>,
): void {
  for (const seed of seeds) {
    test(name(id, title, seed), async ({ shared, openPage }, info) => {
      const world = new World(shared.stage, new Random(id, seed));
      await tryFault(world, (given) => run(given, (who) => openPage(given, who)), info);
      shared.evidence.push(...world.evidence());
    });
  }
}

/** The same on a stage of its own, for faults that nothing else would survive. */
export function faultAlone(
  id: string,
  title: string,
  options: StageOptions | (() => Promise<Stage>),
  run: Run,
): void {
  const start = typeof options === "function" ? options : () => Stage.start(options);
  for (const seed of seeds) {
    base(name(id, title, seed), async ({}, info) => {
      info.setTimeout(aloneMs);
      const stage = await start();
      try {
        const world = new World(stage, new Random(id, seed));
        await tryFault(world, run, info);
        if (stage.database === null) await judgeEmbedded(stage, world.evidence(), info);
      } finally {
        await stage.stop();
      }
    });
  }
}

/** The same on two instances of their own. */
export function faultOfTwo(
  id: string,
  title: string,
  run: (world: World, pair: Pair) => Promise<void>,
  redisUse: RedisUse = "yes",
): void {
  for (const seed of seeds) {
    base(name(id, title, seed), async ({}, info) => {
      info.setTimeout(aloneMs);
      const pair = await startPair(redisUse);
      const world = new World(pair.stage, new Random(id, seed));
      try {
        await tryFault(world, (given) => run(given, pair), info);
        expect(pair.other.process.exit, "the second instance").toBeNull();
      } finally {
        await pair.stop();
      }
    });
  }
}

/** An embedded database can be looked at only when the server has let go of it. */
async function judgeEmbedded(
  stage: Stage,
  evidence: Evidence[],
  info: TestInfo | null,
): Promise<void> {
  await stage.app.process.stop();
  const violations = await stage.judgeEmbedded(evidence);
  info?.annotations.push({ type: "violations", description: JSON.stringify(violations) });
  expect(violations, "the database in the end").toEqual([]);
}

function name(id: string, title: string, seed: number): string {
  return `${id} ${title} (seed ${String(seed)})`;
}

/** Runs a fault and judges what is left of it; the figures go into the report either way. */
export async function tryFault(world: World, run: Run, info: TestInfo): Promise<void> {
  let thrown: unknown = null;
  await world.app.endRests();
  try {
    await run(world);
  } catch (error) {
    thrown = error;
  }
  // A fault that was left in the middle must not count for what it had no time to end.
  if (thrown !== null) await world.stopAll();
  await world.cleanUp();
  const violations = await world.findViolations().catch((error: unknown) => {
    throw thrown ?? error;
  });
  info.annotations.push({ type: "violations", description: JSON.stringify(violations) });
  if (thrown !== null) {
    if (violations.length > 0) console.error(violations);
    throw thrown as Error;
  }
  expect(violations, "violations of the invariants").toEqual([]);
}

export { expect };
