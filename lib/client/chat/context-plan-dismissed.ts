import { createStore } from "../store";

const storageKey = "parley.warnings";
/** The oldest are forgotten: one nags again rather than filling the storage. */
const atMost = 200;

// Read when first asked for: on the server a module belongs to everybody.
const dismissed = createStore<readonly string[] | null>(null);

/** Warnings that were dismissed in this tab; another visit may say them again. */
export function readDismissed(): readonly string[] {
  const known = dismissed.get();
  if (known !== null) return known;
  const stored = parse();
  dismissed.set(stored);
  return stored;
}

export const followDismissed = dismissed.subscribe;

export function dismissWarnings(keys: readonly string[]): void {
  const next = [...new Set([...readDismissed(), ...keys])].slice(-atMost);
  dismissed.set(next);
  try {
    window.sessionStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // Forbidden or full: this page remembers.
  }
}

function parse(): string[] {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}
