import type { Message } from "@/lib/contracts/messages";
import type { Core } from "./conversation-core";
import { isBusy, joinPage, type ConversationState, type HeldPlace } from "./conversation-state";
import { toFailure } from "./failure";

/** A branch from one of its messages on, as it was when it was left. */
type Tail = { messages: readonly Message[]; after: string | null };

/** Branches that are remembered; the server has them all. */
const keptTails = 24;

/**
 * Walks among the alternatives of a message. The server keeps the choice; one that was seen before
 * is shown at once, and whoever walks fast waits for the last one only.
 */
export function createBranchChoosing(core: Core) {
  const { get, patch, transport } = core;
  const tails = new Map<string, Tail>();
  let wantedId: string | null = null;
  /** What to go back to when the server refuses. */
  let origin: Pick<ConversationState, "messages" | "before" | "after"> | null = null;

  async function choose(
    shownId: string,
    toId: string,
    place: Omit<HeldPlace, "messageId">,
  ): Promise<void> {
    const { turn, messages, before, after } = get();
    if (isBusy(turn)) return;
    const at = messages.findIndex(({ id }) => id === shownId);
    if (at < 0) return;
    keepTail(shownId, { messages: messages.slice(at), after });
    const isRunning = origin !== null;
    origin ??= { messages, before, after };
    wantedId = toId;
    const known = tails.get(toId);
    if (known === undefined) {
      patch({ choosing: { shownId, toId }, held: { ...place, messageId: shownId }, notice: null });
    } else {
      patch({
        messages: [...messages.slice(0, at), ...known.messages],
        after: known.after,
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
        const { held } = get();
        patch({ ...joinPage(get(), page, toId), held: held && { ...held, messageId: toId } });
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

  function keepTail(id: string, tail: Tail): void {
    tails.delete(id);
    tails.set(id, tail);
    for (const oldId of tails.keys()) {
      if (tails.size <= keptTails) break;
      tails.delete(oldId);
    }
  }

  return { choose };
}
