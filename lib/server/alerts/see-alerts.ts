import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { markAlertsSeen } from "../db/alerts";
import { publishEvent } from "../events/publish";

/** Says that the actor has looked at the alerts; other windows hear of it. */
export async function seeAlerts(actor: Actor): Promise<void> {
  await markAlertsSeen(actor);
  publishEvent(actor.userId, { type: "alerts-changed" });
}
