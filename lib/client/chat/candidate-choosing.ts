import type { Core } from "./conversation-core";
import { replaceBranch, type HeldPlace } from "./conversation-state";

type Helpers = {
  stop: () => Promise<void>;
  choose: (shownId: string, toId: string, from: Omit<HeldPlace, "messageId">) => Promise<void>;
  readSettings: () => Promise<void>;
};

/** Goes on with one of several answers; the others stay, as alternatives. */
export function createCandidateChoosing(core: Core, helpers: Helpers) {
  const { get, patch } = core;

  /** What the others still write ends there. */
  async function goOnWith(messageId: string, topPx: number): Promise<void> {
    if (get().turn.phase !== "idle") {
      void helpers.stop();
      await whenIdle();
    }
    const { sideBySide, messages, after } = get();
    const chosen = sideBySide?.candidates.find(({ message }) => message.id === messageId);
    const shown = messages.find(
      ({ candidateGroup }) => candidateGroup !== null && candidateGroup === sideBySide?.groupId,
    );
    if (chosen === undefined || shown === undefined) return;
    const isLast = messages.at(-1) === shown && after === null;
    const { siblingIds } = shown;
    const { message, modelId } = chosen;
    patch({
      sideBySide: null,
      // It answers from now on, as the server has it, too.
      ...(modelId === null ? {} : { modelId }),
      ...(isLast ? replaceBranch({ messages, after }, shown.id, { ...message, siblingIds }) : {}),
    });
    await helpers.choose(isLast ? messageId : shown.id, messageId, { topPx, focus: null });
    await helpers.readSettings();
  }

  function whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      const stopListening = core.subscribe(() => {
        if (get().turn.phase !== "idle") return;
        stopListening();
        resolve();
      });
    });
  }

  return { goOnWith };
}
