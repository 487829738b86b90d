import "server-only";
import { singleton } from "../singleton";

type Bell = { ring: (() => void) | null };

const bell = () => singleton<Bell>("alert-nudge", () => ({ ring: null }));

/** Says that there may be new alerts: they are sent out at once, not with the next round. */
export function nudgeAlerts(): void {
  bell().ring?.();
}

/** Who sends them out on this instance; null: nobody any more. */
export function onNudge(ring: (() => void) | null): void {
  bell().ring = ring;
}
