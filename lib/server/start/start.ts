import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { startAlerts } from "../alerts/alert-rounds";
import { prepareAuth } from "../auth/prepare";
import { openDatabase, useDatabase, type Database } from "../db/client";
import { DataDirInUseError, lockDataDir } from "../db/data-lock";
import { closeAbandonedGenerations } from "../db/abandoned-generations";
import { migrate } from "../db/migrate";
import { EnvError, env } from "../env";
import { stopAllGenerations } from "../generations/hub";
import { orphanedAfterMs, startRenewingHolds } from "../ledger/open-holds";
import { settleOrphanedHolds } from "../ledger/orphaned-holds";
import { logger } from "../logger";
import { redis } from "../redis/client";
import { singleton } from "../singleton";
import { summaryRuns } from "../summaries/summary-runs";
import { closeKeptTurn } from "../turn/close-answer";
import { closeKeptTurns, keepAllUnsaved } from "../turn/unsaved-turns";
import { abandonedAfterMs, startHousekeeping } from "./housekeeping";
import { lifecycle, onShutdown } from "./lifecycle";
import { seed } from "./seed";

const firstRetryMs = 500;
const lastRetryMs = 5_000;
// A database that is down must not keep the server from listening and saying so. The embedded one
// is never down: it may only take its time on a slow machine.
const serverPatienceMs = 4_000;
const embeddedPatienceMs = 60_000;

/**
 * Starts what the server needs: checked environment, lock, database, migrations, first rows.
 * Returns once ready, or after a moment when the database does not answer; then it goes on trying.
 * A wrong environment or a data directory in use ends the process with one sentence.
 */
export async function start(): Promise<void> {
  await singleton("start", async () => {
    try {
      const { isEmbedded, dataDir } = env();
      if (isEmbedded) onShutdown("lock", lockDataDir(dataDir));
      await prepareAuth();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refuseToStart(error);
    }
    const patienceMs = env().isEmbedded ? embeddedPatienceMs : serverPatienceMs;
    await Promise.race([becomeReady(), sleep(patienceMs, undefined, { ref: false })]);
  });
}

async function becomeReady(): Promise<void> {
  const database = await openDatabase(env());
  onShutdown("database", () => database.close());
  for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, lastRetryMs)) {
    try {
      await prepareDatabase(database);
      break;
    } catch (error) {
      useDatabase(null);
      if (isRefusal(error)) refuseToStart(error);
      logger().error({ error, retryInMs: waitMs }, "the database is not ready");
      await sleep(waitMs);
      if (lifecycle().phase === "stopping") return;
    }
  }
  onShutdown("housekeeping", startHousekeeping());
  onShutdown("holds", startRenewingHolds());
  onShutdown("alerts", startAlerts());
  onShutdown("redis", () => redis()?.close());
  onShutdown("unsaved turns", keepAllUnsaved);
  onShutdown("generations", () => stopAllGenerations("shutdown"));
  onShutdown("summaries", () => summaryRuns().close());
  lifecycle().phase = "ready";
  logger().info("ready");
}

async function prepareDatabase(database: Database): Promise<void> {
  const applied = await migrate(database);
  if (applied.length > 0) logger().info({ applied }, "migrations applied");
  useDatabase(database);
  await seed();
  await closeKeptTurns(closeKeptTurn);
  // The embedded database has no other instance: whatever was live died with the last process.
  await closeAbandonedGenerations({ system: "start" }, env().isEmbedded ? 0 : abandonedAfterMs);
  await settleOrphanedHolds(env().isEmbedded ? 0 : orphanedAfterMs);
}

/** Whether waiting would not mend it: a wrong environment, or a directory in use. */
function isRefusal(error: unknown): error is EnvError | DataDirInUseError {
  return error instanceof EnvError || error instanceof DataDirInUseError;
}

function refuseToStart({ message }: Error): never {
  process.stderr.write(`\nParley did not start. ${message}\n\n`);
  process.exit(1);
}

/** Ends everything in order; what does not end in `withinMs` is left behind. */
export async function shutDown(withinMs: number): Promise<void> {
  const state = lifecycle();
  if (state.phase === "stopping") return;
  state.phase = "stopping";
  const deadline = AbortSignal.timeout(withinMs);
  for (const { name, close } of state.closers) {
    try {
      await Promise.race([close(), rejectOn(deadline)]);
    } catch (error) {
      logger().error({ error, name }, "did not close in time");
    }
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => {
      reject(new Error("deadline"));
    };
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { once: true });
  });
}
