import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { holdBudgets, type BudgetHold, type CallToHold } from "../db/hold-budgets";
import { renewHolds } from "../db/open-holds";
import { logger } from "../logger";
import { singleton } from "../singleton";

/** Others take a hold for orphaned when it was not renewed for so long. */
export const orphanedAfterMs = 35_000;
const renewEveryMs = 5_000;

// The holds of the calls that this process makes.
const openHolds = () => singleton("open-holds", () => new Set<string>());

/** Reserves for a call, and keeps the hold alive for as long as this process is. */
export async function holdForCall(actor: Actor, call: CallToHold): Promise<BudgetHold> {
  // Before it is there: renewing what is not there yet changes nothing.
  openHolds().add(call.callId);
  const hold = await holdBudgets(actor, call);
  if (!hold.isHeld && call.spent.tokens === "0") openHolds().delete(call.callId);
  return hold;
}

/** Starts to say that holds are alive. @returns a function that ends it. */
export function startRenewingHolds(): () => void {
  const timer = setInterval(() => void renewOwnHolds(), renewEveryMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Renews the holds of this process once, and forgets those that have ended. Never throws. */
export async function renewOwnHolds(): Promise<void> {
  const ids = [...openHolds()];
  if (ids.length === 0) return;
  try {
    const open = new Set(await renewHolds({ system: "holds" }, ids));
    for (const id of ids) if (!open.has(id)) openHolds().delete(id);
  } catch (error) {
    logger().warn({ error }, "holds could not be renewed");
  }
}
