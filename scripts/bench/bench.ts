import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { account, startApp, type App, type AppSettings } from "./app";
import { startPart, stopChildren } from "./children";
import { openBenchDatabase, type BenchDatabase, type RunSql } from "./database";
import { writeHistory, type History } from "./history";
import { markdownAnswer } from "./markdown";
import { runLoad, type HttpTurn, type Target } from "./load";
import { modelName } from "./upstream";

export const historySizes = [10, 100, 1_000, 5_000] as const;

/** Everything that a row needs to measure. */
export type Bench = {
  isQuick: boolean;
  app: App;
  pipe: Target;
  direct: Target;
  database: BenchDatabase;
  /** One of each of `historySizes`. */
  histories: History[];
  /** 500 messages, for the browser. */
  longHistory: History;
  /** A question and an answer with code. */
  codeHistory: History;
  settings: AppSettings;
  /** Stops the server and starts it again on the same data. */
  restart: () => Promise<void>;
};

/**
 * Starts the upstream, the floors and the server, with histories in its database. `end` leaves
 * nothing behind, and may be called while this is still under way.
 */
export function prepareBench(options: { isQuick: boolean; profileDir: string | null }): {
  ready: Promise<Bench>;
  end: () => Promise<void>;
} {
  const endings: (() => Promise<void>)[] = [];
  const prepare = async (): Promise<Bench> => {
    const dataDir = await mkdtemp(path.join(tmpdir(), "parley-bench-"));
    endings.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }));
    const database = await openBenchDatabase(dataDir);
    endings.push(() => database.drop());

    const upstream = await startPart("upstream");
    const settings: AppSettings = {
      databaseUrl: database.url,
      dataDir,
      upstreamPort: upstream.port,
      profileDir: options.profileDir,
    };
    // The first start migrates and makes the account that the histories belong to.
    await (await startApp({ ...settings, profileDir: null })).stop();
    const written = await database.use(writeAllHistories);

    const bench: Bench = {
      isQuick: options.isQuick,
      app: await startApp(settings),
      pipe: await startPipe(upstream.port),
      direct: makeFloor("direct", upstream.port, null),
      database,
      ...written,
      settings,
      restart: async () => {
        await bench.app.stop();
        bench.app = await startApp(settings);
        await warmUp(bench.app);
      },
    };
    await warmUp(bench.app);
    await Promise.all([bench.pipe, bench.direct].map((target) => runLoad(target, warmUpLoad)));
    return bench;
  };
  const ready = prepare();
  return {
    ready,
    end: async () => {
      await stopChildren();
      // What it was about to make must be there before it can be removed.
      await ready.catch(() => undefined);
      for (const end of endings) await end();
    },
  };
}

async function writeAllHistories(run: RunSql) {
  const histories: History[] = [];
  for (const size of historySizes) histories.push(await writeHistory(run, account.email, size));
  return {
    histories,
    longHistory: await writeHistory(run, account.email, 500),
    codeHistory: await writeHistory(run, account.email, 2, () => markdownAnswer),
  };
}

const warmUpLoad = { script: { tokens: 20, perSecond: 0 }, count: 40, concurrency: 2 };

async function warmUp(app: App): Promise<void> {
  await app.signIn();
  const { failures } = await runLoad(app, warmUpLoad);
  if (failures.length > 0) throw new Error(`Turns fail: ${[...new Set(failures)].join("; ")}.`);
}

/** A pipe of its own to the upstream, for a row that must not find traces of another. */
export async function startPipe(upstreamPort: number): Promise<Target> {
  const { port, pid } = await startPart("pipe", [String(upstreamPort)]);
  return makeFloor("pipe", port, pid);
}

function makeFloor(name: "pipe" | "direct", port: number, pid: number | null): Target {
  return {
    name,
    pid: () => pid,
    turn: (prompt): HttpTurn => ({
      url: `http://127.0.0.1:${port}/v1/chat/completions`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        model: modelName,
        stream: true,
        stream_options: { include_usage: true },
        messages: [{ role: "user", content: prompt }],
      }),
    }),
  };
}
