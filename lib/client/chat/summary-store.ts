import type { Summary, SummaryAnswer } from "@/lib/contracts/context";
import { createStore } from "../store";
import { summaryEditKey, type Drafts } from "./drafts";
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
  /** Keeps what is being written when the page is left. */
  drafts: Pick<Drafts, "readDraft" | "writeDraft">;
  nowMs: () => number;
  /** The next turn would send something else now. */
  onChanged: () => void;
};

export type SummaryStore = ReturnType<typeof createSummaryStore>;

/**
 * The summary of one conversation in this browser. It outlives the panel that shows it: what is
 * being made goes on, and what was written in its place is still there.
 */
export function createSummaryStore({ readId, api, drafts, nowMs, onChanged }: Tools) {
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
  // The summary under which the draft is kept, and the one that was shown last.
  let keptId: string | null = null;
  let shownId: string | null = null;
  let isResumed = false;

  const patch = (change: Partial<SummaryState>) => {
    state.set((before) => ({ ...before, ...change }));
  };

  function take(answer: SummaryAnswer): void {
    asked += 1;
    show(answer);
  }

  function show(answer: SummaryAnswer): void {
    patch({ answer, readFailure: null });
    const id = answer.summary?.id ?? null;
    if (id === null || id === shownId) return;
    shownId = id;
    if (state.get().draft === null) resume(id);
    else keepDraft();
  }

  /** Goes on with what was being written when the page was left. */
  function resume(summaryId: string): void {
    const draft = drafts.readDraft(summaryEditKey(summaryId));
    if (draft === "") return;
    keptId = summaryId;
    isResumed = true;
    patch({ draft });
  }

  /** In the browser, with the summary in whose place it is written. */
  function keepDraft(): void {
    const { draft, answer } = state.get();
    const { id = null, text = "" } = answer?.summary ?? {};
    if (keptId !== null && keptId !== id) drafts.writeDraft(summaryEditKey(keptId), "");
    keptId = id;
    if (id !== null) drafts.writeDraft(summaryEditKey(id), draft === text ? "" : (draft ?? ""));
  }

  function edit(draft: string | null): void {
    const { draft: before } = state.get();
    if (before === null) isResumed = false;
    patch({ draft, ...(before === null ? { failure: null } : {}) });
    keepDraft();
  }

  async function read(): Promise<void> {
    const own = ++asked;
    try {
      const answer = await api.read(readId());
      if (own === asked) show(answer);
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
    patch({ isSaving: false });
    if (isSaved) edit(null);
    return isSaved;
  }

  return {
    state,
    read,
    make,
    saveDraft,
    edit,
    /** Whether the draft was opened by itself, and not just now by hand. */
    isResumed: (): boolean => isResumed,
    setOff: (isOff: boolean): Promise<boolean> => attempt(() => api.change(readId(), { isOff })),
    restore: ({ id }: Pick<Summary, "id">): Promise<boolean> =>
      attempt(() => api.change(readId(), { restoreId: id })),
  };
}
