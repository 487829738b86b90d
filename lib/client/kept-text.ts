type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const ownerKey = "parley.owner";
const keptPrefixes = ["parley.draft.", "parley.unsent.", "parley.queue."];

/**
 * Makes what this browser keeps of texts that were not sent belong to one account. What another
 * account left behind is removed: a shared computer must not show it to the next person. Signing
 * in again as the same account finds everything.
 */
export function claimKeptText(userId: string, storage: () => TextStorage): void {
  try {
    const kept = storage();
    const owner = kept.getItem(ownerKey);
    if (owner === userId) return;
    if (owner !== null) {
      const keys = Array.from({ length: kept.length }, (_, at) => kept.key(at) ?? "");
      for (const key of keys)
        if (keptPrefixes.some((prefix) => key.startsWith(prefix))) kept.removeItem(key);
    }
    kept.setItem(ownerKey, userId);
  } catch {
    // Storage that is forbidden keeps nothing; one that is full keeps its owner until it is not.
  }
}
