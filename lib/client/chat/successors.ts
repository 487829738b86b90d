import { createStore } from "../store";

/** Conversations whose successor is being made at the wish of this page. */
export const successorsStore = createStore<ReadonlySet<string>>(new Set());

/**
 * Runs what makes a conversation's successor, one at a time for each.
 * @returns the successor's id; null when one is being made already. @throws what `make` throws.
 */
export async function makeOneSuccessor(
  conversationId: string,
  make: (conversationId: string) => Promise<string>,
): Promise<string | null> {
  if (successorsStore.get().has(conversationId)) return null;
  successorsStore.set((before) => new Set([...before, conversationId]));
  try {
    return await make(conversationId);
  } finally {
    successorsStore.set((before) => new Set([...before].filter((id) => id !== conversationId)));
  }
}
