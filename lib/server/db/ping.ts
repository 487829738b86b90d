import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { db } from "./client";

const patienceMs = 3_000;

/** Whether the database answers within a moment. Never throws. */
export async function pingDatabase(): Promise<boolean> {
  try {
    return await Promise.race([
      db().$queryRaw`SELECT 1`.then(() => true),
      sleep(patienceMs, false, { ref: false }),
    ]);
  } catch {
    return false;
  }
}
