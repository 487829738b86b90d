import type { Core } from "./conversation-core";
import { toFailure } from "./failure";
import { addNewerPage, addOlderPage, moveTo, moveToEnd } from "./message-window";

/** Moves the window of loaded messages through a long conversation. */
export function createPageLoading(core: Core) {
  const { get, patch, transport } = core;

  async function loadOlder(): Promise<void> {
    const { id, before, older } = get();
    if (before === null || older === "loading") return;
    patch({ older: "loading" });
    try {
      const page = await transport.readMessages(id, { before });
      const state = get();
      // The window may have moved while one waited.
      const isWanted = state.before === before;
      const grown = isWanted ? addOlderPage(state, page) : null;
      patch({ ...grown, older: "idle" });
      if (isWanted && grown === null) await reload();
    } catch {
      patch({ older: "failed" });
    }
  }

  async function loadNewer(): Promise<void> {
    const { id, after, newer } = get();
    if (after === null || newer === "loading") return;
    patch({ newer: "loading" });
    try {
      const page = await transport.readMessages(id, { after });
      const state = get();
      const isWanted = state.after === after;
      const grown = isWanted ? addNewerPage(state, page) : null;
      patch({ ...grown, newer: "idle" });
      if (isWanted && grown === null) await reload();
    } catch {
      patch({ newer: "failed" });
    }
  }

  /**
   * Moves the window so that a message is in it.
   *
   * @returns whether it is; not when the conversation has gone on along another branch.
   * @throws ApiError
   */
  async function showMessage(messageId: string): Promise<boolean> {
    const isShown = () => get().messages.some(({ id }) => id === messageId);
    if (!isShown()) {
      const page = await transport.readMessages(get().id, { around: messageId });
      if (page.messages.some(({ id }) => id === messageId) && !isShown()) {
        patch({ ...moveTo(get(), page), older: "idle", newer: "idle" });
      }
    }
    return isShown();
  }

  /** Moves the window to the end of the branch. @returns whether it is there. */
  async function showEnd(): Promise<boolean> {
    const known = moveToEnd(get());
    if (known === null) return reload();
    patch({ ...known, older: "idle", newer: "idle" });
    return true;
  }

  /** The pages fit no longer: the branch is another one by now. Its end is where to begin. */
  async function reload(): Promise<boolean> {
    try {
      const page = await transport.readMessages(get().id, null);
      patch({ ...page, tail: null, older: "idle", newer: "idle", isLoaded: true });
      return true;
    } catch (error) {
      patch({ notice: toFailure(error) });
      return false;
    }
  }

  return { loadOlder, loadNewer, showMessage, showEnd };
}
