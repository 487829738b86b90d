import type { FilePart } from "@/lib/contracts/attachments";
import type { Conversation } from "@/lib/contracts/conversations";
import type { MessagesPage } from "@/lib/contracts/messages";
import { createAnswerReading } from "./answer-reading";
import { isSameImages, withImages } from "./attachment-parts";
import { createBranchChoosing } from "./branch-choosing";
import { createCandidateChoosing } from "./candidate-choosing";
import { createCandidates } from "./candidates";
import { keepCompared } from "./compared-models";
import { createCore, type Tools } from "./conversation-core";
import { isBusy, type ConversationState } from "./conversation-state";
import { createMessageChanges } from "./message-changes";
import { createMessageSending } from "./message-sending";
import { createPageLoading } from "./page-loading";
import { createSettingsSync } from "./settings-sync";

/** What the server rendered of a conversation. */
export type ConversationSeed = { conversation: Conversation; page: MessagesPage };

/** How long the server may take to end an answer that was stopped. */
const stopPatienceMs = 4_000;

export type ConversationStore = ReturnType<typeof createConversationStore>;

/** One conversation in this browser: its messages and the turn that is under way. */
export function createConversationStore(initial: ConversationState, tools: Tools) {
  const core = createCore(initial, tools);
  const candidates = createCandidates(core);
  const reading = createAnswerReading(core, candidates);
  const settings = createSettingsSync(core);
  const sending = createMessageSending(core, reading, settings);
  const pages = createPageLoading(core);
  const choosing = createBranchChoosing(core);
  const { retryUnsent, takeBack, regenerate, continueAnswer } = sending;
  const { get, patch } = core;

  function send(text: string, modelId: string | null, images: readonly FilePart[] = []): void {
    if (get().after === null) sending.send(text, modelId, images);
    else void sendFromElsewhere(text, modelId, images);
  }

  /** Goes to the end of the branch first: there the message belongs. */
  async function sendFromElsewhere(
    text: string,
    modelId: string | null,
    images: readonly FilePart[],
  ): Promise<void> {
    const key = core.draftKey();
    const unsent = core.drafts.readUnsent(key);
    if (unsent?.text !== text || !isSameImages(unsent.images, images)) {
      const ids = { conversationId: get().id, messageId: core.newId() };
      core.drafts.writeUnsent(key, { ...ids, text, ...withImages(images) });
    }
    const isThere = await pages.showEnd();
    if (isThere && !isBusy(get().turn)) sending.send(text, modelId, images);
    else patch({ returnedText: text, returnedImages: images });
  }

  /** Ends the answer at the provider; what came of it stays. */
  async function stop(): Promise<void> {
    const { turn, isStopping } = get();
    if (turn.phase === "unsent") takeBack();
    if (turn.phase === "unsent" || turn.phase === "idle" || isStopping) return;
    patch({ isStopping: true, notice: null });
    const isHeard = await reading.requestStop();
    if (!isHeard && get().turn.phase !== "sending") {
      // The answer goes on, and so does what follows it here: it can be stopped once more.
      patch({ isStopping: false });
      return;
    }
    await core.wait(stopPatienceMs, core.readingSignal());
    if (!get().isStopping) return;
    await sending.recall(stopPatienceMs);
    if (get().isStopping) {
      core.restartReading();
      patch({ turn: { phase: "idle" }, isStopping: false });
    }
    // The end did not come over the stream: the database knows it.
    await reading.refresh();
  }

  /** Chooses the aliases that answer from now on, side by side; none: back to one model. */
  function compare(aliasIds: readonly string[]): void {
    patch({ compared: aliasIds });
    keepCompared(get().id, aliasIds);
  }

  /** Takes over what the server rendered just now, unless this browser is ahead of it. */
  function absorb({ conversation, page }: ConversationSeed): void {
    patch({ title: conversation.title, carried: conversation.carried });
    settings.absorb(conversation);
    if (get().turn.phase === "idle") core.takePage(page);
  }

  return {
    /** Stays the same while the page shows this conversation. */
    key: initial.id,
    get,
    subscribe: core.subscribe,
    patch,
    draftKey: core.draftKey,
    wake: core.wake,
    refresh: reading.refresh,
    resumeIfLive: reading.resumeIfLive,
    ...pages,
    send,
    retryUnsent,
    takeBack,
    regenerate,
    continueAnswer,
    ...createMessageChanges(core, sending),
    ...choosing,
    ...createCandidateChoosing(core, { stop, ...choosing, readSettings: settings.read }),
    openCandidates: candidates.open,
    closeCandidates: candidates.close,
    stopCandidate: candidates.stopOne,
    compare,
    stop,
    absorb,
    changeSettings: settings.change,
    readSettings: settings.read,
    /** Settings that the server does not know yet, for what asks it meanwhile. */
    readUnsaidSettings: settings.readUnsaid,
  };
}
