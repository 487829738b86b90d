import "server-only";
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";

/** Another process uses the data directory. `message` is a sentence that says so. */
export class DataDirInUseError extends Error {
  override name = "DataDirInUseError";
}

const holderSchema = z.object({ pid: z.number().int(), host: z.string(), started: z.string() });

type Holder = z.infer<typeof holderSchema>;

const heartbeatMs = 5_000;
// A holder on another machine (a shared volume) can't be asked whether it lives: only its
// heartbeat tells. Six missed beats are as good as dead.
const foreignStaleMs = 30_000;

/**
 * Takes the lock of an embedded database: PGlite must never be opened twice, or data is lost.
 *
 * A lock left by `kill -9` is recognised at once, since the pid that it names is gone or belongs
 * to a process started at another time.
 *
 * @returns a function that releases it.
 * @throws DataDirInUseError when a living process holds it.
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, "lock");
  const me: Holder = { pid: process.pid, host: os.hostname(), started: startTimeOf(process.pid) };
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(me), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = readHolder(file);
      if (attempt >= 3 || (holder !== null && isAlive(holder, file))) {
        throw new DataDirInUseError(
          `${dataDir} is in use by another Parley process (pid ${String(holder?.pid ?? "unknown")}). ` +
            "Stop that one first, or give this one a DATA_DIR of its own.",
        );
      }
      rmSync(file, { force: true });
    }
  }
  const timer = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(file, now, now);
    } catch {
      // The directory is gone; the database will say so in its own words.
    }
  }, heartbeatMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

function readHolder(file: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== os.hostname()) return Date.now() - statSync(file).mtimeMs < foreignStaleMs;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return holder.started === startTimeOf(holder.pid);
}

/** When a process started, in clock ticks since boot; pids are used again, these pairs are not. */
function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
