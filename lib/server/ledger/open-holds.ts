import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/domain/actor";
import { holdBudgets, type BudgetHold, type CallToHold } from "../db/hold-budgets";
import { renewHolds } from "../db/open-holds";
import { isDatabaseUnavailable } from "../db/unavailable";
import { logger } from "../logger";
import { startRounds } from "../rounds";
import { singleton } from "../singleton";
import { within } from "../within";
import { settleInTheEnd } from "./settle-in-the-end";

/** Others take a hold for orphaned when it was not renewed for so long. */
export const orphanedAfterMs = 35_000;
const renewEveryMs = 5_000;
/** A person waits for their answer meanwhile. */
const retryWithinMs = 10_000;
/** An embedded database that everybody uses at once may take longer to come to it. */
const holdWithinMs = 25_000;
const firstPauseMs = 100;
/** What its caller has not settled so long after the end of a call, it will not any more. */
const settledWithinMs = 15 * 60_000;

/** A hold of a call that this process makes; `overAtMs`: since when nothing is asked any more. */
type OpenHold = { overAtMs: number | null };

const openHolds = () => singleton("open-holds", () => new Map<string, OpenHold>());

/**
 * Reserves for a call, and keeps the hold alive for as long as this process is.
 *
 * @throws when the database does not answer; a hold that is made all the same is given back.
 */
export async function holdForCall(actor: Actor, call: CallToHold): Promise<BudgetHold> {
  const { callId } = call;
  try {
    const hold = await within(holdWithPatience(actor, call), holdWithinMs);
    if (hold.isHeld) openHolds().set(callId, { overAtMs: null });
    return hold;
  } catch (error) {
    // One that was open before is settled with what the call has used.
    if (!openHolds().has(callId)) void settleInTheEnd({ holdIds: [callId], booked: [] }, true);
    throw error;
  }
}

/** A database that is away for a moment costs a turn that moment, and not its answer. */
async function holdWithPatience(actor: Actor, call: CallToHold): Promise<BudgetHold> {
  const beganAtMs = performance.now();
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    try {
      return await holdBudgets(actor, call);
    } catch (error) {
      const isLate = performance.now() - beganAtMs + pauseMs > retryWithinMs;
      if (isLate || !isDatabaseUnavailable(error)) throw error;
      await sleep(pauseMs);
    }
  }
}

/** Notes that nothing is asked any more under a hold; its caller settles it now. */
export function noteCallOver(callId: string): void {
  const hold = openHolds().get(callId);
  if (hold !== undefined) hold.overAtMs ??= performance.now();
}

/** The holds that this process keeps alive. */
export const ownHoldIds = (): string[] => {
  const overBeforeMs = performance.now() - settledWithinMs;
  return [...openHolds()].flatMap(([id, { overAtMs }]) =>
    overAtMs === null || overAtMs > overBeforeMs ? id : [],
  );
};

/** Starts to say that holds are alive. @returns a function that ends it. */
export function startRenewingHolds(): () => void {
  return startRounds(renewEveryMs, renewOwnHolds);
}

/** Renews the holds of this process once, and forgets those that have ended. Never throws. */
export async function renewOwnHolds(): Promise<void> {
  const before = new Map(openHolds());
  if (before.size === 0) return;
  try {
    const open = new Set(await renewHolds({ system: "holds" }, ownHoldIds()));
    for (const [id, hold] of before)
      // One that was made again meanwhile is open now.
      if (!open.has(id) && openHolds().get(id) === hold) openHolds().delete(id);
  } catch (error) {
    logger().warn({ error }, "holds could not be renewed");
  }
}
