import "server-only";
import { ClientOfflineError, ErrorReply } from "@redis/client";
import { within } from "../within";

const firstOpenMs = 1_000;
const lastOpenMs = 4_000;

/** Redis did not answer in time, refused, or is being left alone for a moment. */
export class RedisUnavailableError extends Error {
  override name = "RedisUnavailableError";
}

/**
 * Lets calls through while they succeed. After one that failed or took longer than `limitMs` it
 * refuses at once for a moment, then lets a single one probe; each failed probe doubles the moment.
 */
export class Breaker {
  private openUntil = 0;
  private openMs = firstOpenMs;
  private isProbing = false;
  private readonly limitMs: number;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
  }

  /** @throws RedisUnavailableError in place of whatever went wrong. */
  async run<Value>(call: () => Promise<Value>): Promise<Value> {
    const isProbe = this.openUntil > 0;
    if (isProbe && (this.isProbing || Date.now() < this.openUntil))
      throw new RedisUnavailableError("left alone");
    this.isProbing = isProbe;
    try {
      const value = await within(call(), this.limitMs);
      this.openUntil = 0;
      this.openMs = firstOpenMs;
      return value;
    } catch (cause) {
      // A refusal, as of a server that is full, comes at once and says nothing of other calls.
      if (!(cause instanceof ErrorReply || cause instanceof ClientOfflineError)) {
        this.openUntil = Date.now() + this.openMs;
        if (isProbe) this.openMs = Math.min(this.openMs * 2, lastOpenMs);
      }
      throw new RedisUnavailableError("call failed", { cause });
    } finally {
      if (isProbe) this.isProbing = false;
    }
  }
}
