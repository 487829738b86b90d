import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { settleCalls, type Settlement } from "../db/settle-calls";
import { isDatabaseUnavailable } from "../db/unavailable";
import { logger } from "../logger";
import { TookTooLongError, within } from "../within";

const tryForMs = 25_000;
const firstPauseMs = 100;
const longestPauseMs = 10_000;
/** What the database refuses for so long, it will not take. */
const giveUpAfterMs = 10 * 60_000;
/** A statement whose connection broke may still be running at the database, and be committed. */
const afterglowMs = 5_000;

/**
 * Settles calls whose caller can't wait for it, trying until that works: the database may be away.
 * Never throws.
 *
 * @param isDoubtful whether the hold itself may come later than this: then it is settled twice.
 */
export async function settleInTheEnd(settlement: Settlement, isDoubtful = false): Promise<void> {
  const isSettled = await settleUntilDone(settlement);
  if (!isDoubtful || !isSettled) return;
  await sleep(afterglowMs, undefined, { ref: false });
  await settleUntilDone(settlement);
}

async function settleUntilDone(settlement: Settlement): Promise<boolean> {
  const beganAtMs = performance.now();
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await within(settleCalls({ system: "settle" }, settlement), tryForMs);
      return true;
    } catch (error) {
      logger().error({ error, holdIds: settlement.holdIds }, "calls are not settled yet");
      const isAway = error instanceof TookTooLongError || isDatabaseUnavailable(error);
      if (!isAway && performance.now() - beganAtMs > giveUpAfterMs) return false;
    }
    await sleep(pauseMs, undefined, { ref: false });
  }
}
