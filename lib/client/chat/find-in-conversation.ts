import type { FoundMessages } from "@/lib/contracts/messages";
import { isAbort } from "../api";
import { createStore } from "../store";

export type FoundMessage = FoundMessages["matches"][number];

export type FindState = {
  isOpen: boolean;
  query: string;
  status: "idle" | "searching" | "ready" | "failed";
  /** Messages in which the text occurs, oldest first. */
  matches: readonly FoundMessage[];
  /** There are more than were found. */
  isCut: boolean;
  /** Which one is shown; -1 for none. */
  at: number;
  /** Grows with each wish to see the shown one, also when it is the same as before. */
  visit: number;
};

type Tools = {
  /** @throws ApiError */
  search: (query: string, signal: AbortSignal) => Promise<FoundMessages>;
  /** Waits, or ends early when the signal is aborted. */
  wait: (durationMs: number, wake: AbortSignal) => Promise<void>;
  /** The messages that are loaded, oldest first, and the first one of them that is in view. */
  readPlace: () => { loadedIds: readonly string[]; topId: string | null };
};

/** One waits for the end of a word, not for each letter. */
const typingPauseMs = 180;

const closed: FindState = {
  isOpen: false,
  query: "",
  status: "idle",
  matches: [],
  isCut: false,
  at: -1,
  visit: 0,
};

export type Find = ReturnType<typeof createFind>;

/** Finds a text in the whole of a conversation: the server looks where nothing is loaded. */
export function createFind({ search, wait, readPlace }: Tools) {
  const state = createStore<FindState>(closed);
  let running = new AbortController();

  const patch = (change: Partial<FindState>) => {
    state.set((before) => ({ ...before, ...change }));
  };

  function restart(): AbortSignal {
    running.abort();
    running = new AbortController();
    return running.signal;
  }

  async function setQuery(query: string): Promise<void> {
    const signal = restart();
    patch({ query });
    if (query.trim() === "") {
      patch({ status: "idle", matches: [], isCut: false, at: -1 });
      return;
    }
    await wait(typingPauseMs, signal);
    if (!signal.aborted) await run(signal, null);
  }

  /** @param keptId the match to stay at, if it is still one. */
  async function run(signal: AbortSignal, keptId: string | null): Promise<void> {
    const { query } = state.get();
    patch({ status: "searching" });
    try {
      const { matches, isCut } = await search(query.trim(), signal);
      if (signal.aborted) return;
      const keptAt = matches.findIndex(({ messageId }) => messageId === keptId);
      const at = keptAt >= 0 ? keptAt : pickStart(matches, readPlace());
      patch({ status: "ready", matches, isCut, at });
      if (keptAt < 0) revisit();
    } catch (error) {
      if (!signal.aborted && !isAbort(error)) patch({ status: "failed" });
    }
  }

  function revisit(): void {
    patch({ visit: state.get().visit + 1 });
  }

  return {
    state,
    setQuery,

    open(): void {
      patch({ isOpen: true });
    },

    close(): void {
      restart();
      state.set((before) => ({ ...closed, visit: before.visit }));
    },

    /** Goes to the match after the shown one, or before it; from the last one to the first. */
    step(by: 1 | -1): void {
      const { matches, at } = state.get();
      if (matches.length === 0) return;
      patch({ at: (at + by + matches.length) % matches.length });
      revisit();
    },

    /** Looks again with the same words: after a failure, or when the conversation went on. */
    async repeat(): Promise<void> {
      const { isOpen, query, matches, at } = state.get();
      if (!isOpen || query.trim() === "") return;
      await run(restart(), matches[at]?.messageId ?? null);
    },

    /** The shown match could not be loaded. */
    fail(): void {
      patch({ status: "failed" });
    },
  };
}

/**
 * Where finding begins: at the first match from what is in view on, else at the nearest one
 * above; with nothing loaded to go by, at the newest.
 */
export function pickStart(
  matches: readonly FoundMessage[],
  { loadedIds, topId }: ReturnType<Tools["readPlace"]>,
): number {
  const positions = new Map(loadedIds.map((id, position) => [id, position]));
  const top = positions.get(topId ?? "") ?? 0;
  const placed = matches.map(({ messageId }) => positions.get(messageId) ?? -1);
  const below = placed.findIndex((position) => position >= top);
  if (below >= 0) return below;
  const above = placed.findLastIndex((position) => position >= 0);
  return above >= 0 ? above : matches.length - 1;
}
