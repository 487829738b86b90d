import type { Summary, SummaryAnswer } from "@/lib/contracts/context";
import { createStore } from "../store";
import { toFailure, type Failure } from "./failure";
import type { SummaryApi } from "./summary-api";

export type SummaryState = {
  /** As the server has it; null until it was read. */
  answer: SummaryAnswer | null;
  /** Why it could not be read. */
  readFailure: Failure | null;
  /** Since when one is being made at the wish of this page (milliseconds of Date). */
  makingSinceMs: number | null;
  /** Why the last change that was wished for here came to nothing. */
  failure: Failure | null;
  /** What is being written in its place; null while nobody does. */
  draft: string | null;
  isSaving: boolean;
};

type Tools = {
  readId: () => string;
  api: SummaryApi;
  nowMs: () => number;
  /** The next turn would send something else now. */
  onChanged: () => void;
};

export type SummaryStore = ReturnType<typeof createSummaryStore>;

/**
 * The summary of one conversation in this browser. It outlives the panel that shows it: what is
 * being made goes on, and what was written in its place is still there.
 */
export function createSummaryStore({ readId, api, nowMs, onChanged }: Tools) {
  const state = createStore<SummaryState>({
    answer: null,
    readFailure: null,
    makingSinceMs: null,
    failure: null,
    draft: null,
    isSaving: false,
  });
  // What was asked for earlier must not take the place of what was asked for later.
  let asked = 0;

  const patch = (change: Partial<SummaryState>) => {
    state.set((before) => ({ ...before, ...change }));
  };

  function take(answer: SummaryAnswer): void {
    asked += 1;
    patch({ answer, readFailure: null });
  }

  async function read(): Promise<void> {
    const own = ++asked;
    try {
      const answer = await api.read(readId());
      if (own === asked) patch({ answer, readFailure: null });
    } catch (error) {
      if (own === asked) patch({ readFailure: toFailure(error) });
    }
  }

  /** @returns whether it succeeded; why not is part of the state then. */
  async function attempt(act: () => Promise<SummaryAnswer>): Promise<boolean> {
    patch({ failure: null });
    try {
      take(await act());
      onChanged();
      return true;
    } catch (error) {
      patch({ failure: toFailure(error) });
      return false;
    }
  }

  /**
   * Makes it anew.
   * @returns whether this page's wish came true; it did not, either, where one was being made.
   */
  async function make(modelId: string | null): Promise<boolean> {
    if (state.get().makingSinceMs !== null) return false;
    patch({ makingSinceMs: nowMs() });
    const isMade = await attempt(() => api.make(readId(), modelId));
    patch({ makingSinceMs: null });
    if (!isMade) await readAfterFailure();
    return isMade;
  }

  /** Somebody else may be making one: then that is what there is to say. */
  async function readAfterFailure(): Promise<void> {
    await read();
    const { answer, failure } = state.get();
    if (answer?.isRunning === true && failure?.code === "conflict") patch({ failure: null });
  }

  /** Keeps what was written. @returns whether it succeeded; the text stays otherwise. */
  async function saveDraft(): Promise<boolean> {
    const { draft, isSaving } = state.get();
    if (draft === null || isSaving) return false;
    patch({ isSaving: true });
    const isSaved = await attempt(() => api.change(readId(), { text: draft }));
    patch({ isSaving: false, ...(isSaved ? { draft: null } : {}) });
    return isSaved;
  }

  return {
    state,
    read,
    make,
    saveDraft,
    edit: (draft: string | null): void => {
      patch({ draft, ...(state.get().draft === null ? { failure: null } : {}) });
    },
    setOff: (isOff: boolean): Promise<boolean> => attempt(() => api.change(readId(), { isOff })),
    restore: ({ id }: Pick<Summary, "id">): Promise<boolean> =>
      attempt(() => api.change(readId(), { restoreId: id })),
  };
}
