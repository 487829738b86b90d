import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

const retries = 3;
const longestFirstWaitMs = 40;

/**
 * Runs a transaction or a statement again when PostgreSQL sacrificed it to another one: a deadlock,
 * or a serialization failure. At most three times, with growing jitter, so that the two do not meet
 * again.
 */
export async function retryConflict<Value>(run: () => Promise<Value>): Promise<Value> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await run();
    } catch (error) {
      if (retry === retries || !isConflict(error)) throw error;
      await sleep(Math.random() * longestFirstWaitMs * 2 ** retry);
    }
  }
}

/** Whether an error says that the same statement may well succeed when it is run again. */
export function isConflict(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Object && depth < 6; depth++) {
    const { code, originalCode, kind, cause, meta } = current as Record<string, unknown>;
    if ([code, originalCode].some((it) => it === "40001" || it === "40P01" || it === "P2034"))
      return true;
    if (kind === "TransactionWriteConflict") return true;
    current = cause ?? (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  }
  return false;
}
