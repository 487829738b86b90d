import "server-only";
import { createHash } from "node:crypto";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { ThrottleRule } from "@/lib/domain/accounts/throttle-rules";
import { AppError } from "@/lib/domain/errors/app-error";
import { countTry, deleteOldTries } from "../db/throttles";
import { singleton } from "../singleton";

const cleaningIntervalMs = 60 * 60 * 1000;

const cleaning = () => singleton("throttle-cleaning", () => ({ lastMs: 0 }));

/** The key of a counter. Hashed: what people type as an address is sometimes their password. */
export function throttleKey(purpose: string, ...parts: string[]): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([purpose, ...parts]))
    .digest("base64url");
  return `${purpose}:${digest}`;
}

/** Counts a try. @throws AppError with `code` and `retryAfterSeconds` when there were too many. */
export async function requireTry(
  key: string,
  rule: ThrottleRule,
  code: ErrorCode,
  now: Date,
): Promise<void> {
  const system = { system: "throttle" };
  if (now.getTime() - cleaning().lastMs > cleaningIntervalMs) {
    cleaning().lastMs = now.getTime();
    await deleteOldTries(system, now);
  }
  const retryAfterSeconds = await countTry(system, key, rule, now);
  if (retryAfterSeconds !== null) throw new AppError(code, { details: { retryAfterSeconds } });
}
