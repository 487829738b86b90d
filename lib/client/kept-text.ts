type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const ownerKey = "parley.owner";
const keptPrefixes = ["parley.draft.", "parley.unsent.", "parley.queue."];

/** Whose page this is; null while the storage could not be made theirs. */
let pageOwner: string | null = null;

/**
 * Makes what this browser keeps of texts that were not sent belong to one account. What another
 * account left behind is removed: a shared computer must not show it to the next person. Signing
 * in again as the same account finds everything.
 */
export function claimKeptText(userId: string, storage: () => TextStorage): void {
  pageOwner = null;
  try {
    const kept = storage();
    const owner = kept.getItem(ownerKey);
    if (owner !== null && owner !== userId) {
      const keys = Array.from({ length: kept.length }, (_, at) => kept.key(at) ?? "");
      for (const key of keys)
        if (keptPrefixes.some((prefix) => key.startsWith(prefix))) kept.removeItem(key);
    }
    if (owner !== userId) kept.setItem(ownerKey, userId);
    pageOwner = userId;
  } catch {
    // Storage that is forbidden keeps nothing; one that is full keeps its owner until it is not.
  }
}

/** Takes nothing and has nothing. */
const nobodys: Pick<Storage, "getItem" | "setItem" | "removeItem"> = {
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
};

/**
 * Where texts are kept that were not sent: in this browser's storage while that belongs to the
 * account of this page. Once somebody else has signed in beside it, nothing of theirs is read or
 * changed, and nothing is left to them.
 */
export function openKeptText(
  storage: () => TextStorage = () => window.localStorage,
): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const kept = storage();
  const owner = kept.getItem(ownerKey);
  return owner === null || pageOwner === null || owner === pageOwner ? kept : nobodys;
}
