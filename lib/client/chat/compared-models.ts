const keyOf = (conversationId: string) => `parley.compare.${conversationId}`;

/** The aliases that answer side by side in a conversation, as long as this browser is asked to. */
export function readCompared(conversationId: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(keyOf(conversationId)) ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export function keepCompared(conversationId: string, aliasIds: readonly string[]): void {
  try {
    if (aliasIds.length === 0) window.localStorage.removeItem(keyOf(conversationId));
    else window.localStorage.setItem(keyOf(conversationId), JSON.stringify(aliasIds));
  } catch {
    // Forbidden or full: it holds until the page is left.
  }
}
