import type { Message } from "@/lib/contracts/messages";
import type { Core } from "./conversation-core";
import { isBusy, joinPage, type ConversationState, type HeldPlace } from "./conversation-state";
import { toFailure } from "./failure";

/** A branch from one of its messages on, as it was when it was left. */
type LeftBranch = { messages: readonly Message[]; after: string | null };

/** Branches that are remembered; the server has them all. */
const keptBranches = 24;

/**
 * Walks among the alternatives of a message. The server keeps the choice; one that was seen before
 * is shown at once, and whoever walks fast waits for the last one only.
 */
export function createBranchChoosing(core: Core) {
  const { get, patch, transport } = core;
  const left = new Map<string, LeftBranch>();
  let wantedId: string | null = null;
  let place: Omit<HeldPlace, "messageId"> = { topPx: 0, focus: null };
  /** What to go back to when the server refuses. */
  let origin: Pick<ConversationState, "messages" | "before" | "after" | "tail"> | null = null;

  async function choose(
    shownId: string,
    toId: string,
    from: Omit<HeldPlace, "messageId">,
  ): Promise<void> {
    const { turn, messages, before, after, tail } = get();
    if (isBusy(turn)) return;
    const at = messages.findIndex(({ id }) => id === shownId);
    if (at < 0) return;
    keepBranch(shownId, { messages: messages.slice(at), after });
    const isRunning = origin !== null;
    origin ??= { messages, before, after, tail };
    wantedId = toId;
    place = from;
    const known = left.get(toId);
    if (known === undefined) {
      patch({ choosing: { shownId, toId }, notice: null });
    } else {
      const siblingIds = messages[at]?.siblingIds ?? [];
      const branch = known.messages.map((one) => (one.id === toId ? { ...one, siblingIds } : one));
      patch({
        messages: [...messages.slice(0, at), ...branch],
        after: known.after,
        tail: null,
        choosing: { shownId: toId, toId },
        held: { ...place, messageId: toId },
        notice: null,
      });
    }
    if (!isRunning) await settle();
  }

  /** Tells the server, and takes over what it says of the branch; again when the wish changes. */
  async function settle(): Promise<void> {
    const { id } = get();
    while (wantedId !== null) {
      const toId = wantedId;
      try {
        await transport.changeMessage(toId, { isChosen: true });
        const page = isWanted(toId) ? await transport.readMessages(id, { around: toId }) : null;
        if (page === null || !isWanted(toId)) continue;
        wantedId = null;
        // Something was sent meanwhile: that decides what is shown.
        if (isBusy(get().turn)) break;
        const isShown = get().messages.some((message) => message.id === toId);
        const held = isShown ? null : { ...place, messageId: toId };
        patch({ ...joinPage(get(), page, toId), tail: null, held });
      } catch (error) {
        if (!isWanted(toId)) continue;
        wantedId = null;
        if (!isBusy(get().turn)) patch({ ...origin, held: null, notice: toFailure(error) });
      }
    }
    origin = null;
    patch({ choosing: null });
  }

  const isWanted = (id: string) => wantedId === id;

  function keepBranch(id: string, branch: LeftBranch): void {
    left.delete(id);
    left.set(id, branch);
    for (const oldId of left.keys()) {
      if (left.size <= keptBranches) break;
      left.delete(oldId);
    }
  }

  return { choose };
}
