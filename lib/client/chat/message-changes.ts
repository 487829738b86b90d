import type { FilePart } from "@/lib/contracts/attachments";
import type { ConversationSummary } from "@/lib/contracts/conversations";
import type { Core } from "./conversation-core";
import { isBusy, joinPage, replaceBranch, type HeldPlace } from "./conversation-state";
import { editKey } from "./drafts";
import { toFailure, type Failure } from "./failure";
import type { MessageSending } from "./message-sending";

/** Changes to messages that are there: their text, their deletion, and a branch of their own. */
export function createMessageChanges(core: Core, sending: MessageSending) {
  const { get, patch, transport, drafts } = core;

  const resumed = new Set<string>();

  /** Opens a message's text for changing. A text that was begun earlier goes on. */
  function beginEdit(messageId: string): void {
    resumed.delete(messageId);
    open(messageId);
  }

  function open(messageId: string): void {
    const { editing } = get();
    if (!editing.includes(messageId)) patch({ editing: [...editing, messageId] });
  }

  /** Goes on with what was being written when the page was left, unless it has arrived. */
  function resumeEdit(messageId: string): void {
    const key = editKey(messageId);
    if (get().editing.includes(messageId) || drafts.readDraft(key) === "") return;
    const message = get().messages.find(({ id }) => id === messageId);
    const unsent = drafts.readUnsent(key);
    if (unsent !== null && message?.siblingIds.includes(unsent.messageId)) {
      forgetEdit(messageId);
      return;
    }
    resumed.add(messageId);
    open(messageId);
  }

  /** Whether it was opened by itself, and not just now by hand. */
  const isResumedEdit = (messageId: string) => resumed.has(messageId);

  function keepEdit(messageId: string, text: string): void {
    drafts.writeDraft(editKey(messageId), text);
  }

  /** The images that the changed message is to have; null while they are the message's own. */
  function readEditImages(messageId: string): FilePart[] | null {
    const images = drafts.readDraftImages(editKey(messageId));
    return images.length === 0 ? null : images;
  }

  function keepEditImages(messageId: string, images: readonly FilePart[]): void {
    drafts.writeDraftImages(editKey(messageId), images);
  }

  const readEdit = (messageId: string) => drafts.readDraft(editKey(messageId));

  function endEdit(messageId: string): void {
    forgetEdit(messageId);
    patch({ editing: get().editing.filter((id) => id !== messageId) });
  }

  function forgetEdit(messageId: string): void {
    drafts.writeDraft(editKey(messageId), "");
    drafts.writeDraftImages(editKey(messageId), []);
    drafts.writeUnsent(editKey(messageId), null);
  }

  /**
   * Saves another text for an answer, as an alternative beside it.
   *
   * @returns why it did not work, or null.
   */
  async function saveAnswerText(
    messageId: string,
    text: string,
    topPx: number,
  ): Promise<Failure | null> {
    keepEdit(messageId, text);
    try {
      const edited = await transport.changeMessage(messageId, { text });
      const held = { messageId: edited.id, topPx, focus: "previous" } as const;
      patch({ ...replaceBranch(get(), messageId, edited), tail: null, held });
      endEdit(messageId);
      core.onTouched(get().id, null);
      return null;
    } catch (error) {
      return toFailure(error);
    }
  }

  /**
   * Deletes a message with everything after it; an alternative takes its place, if there is one.
   *
   * @returns why it did not work, or null.
   */
  async function remove(messageId: string, parentTopPx: number): Promise<Failure | null> {
    const { id, turn, messages, after, tail } = get();
    const at = messages.findIndex((message) => message.id === messageId);
    if (isBusy(turn) || at < 0) return null;
    const parentId = messages[at]?.parentId ?? null;
    const held = hold(parentId, parentTopPx);
    patch({ messages: messages.slice(0, at), after: null, tail: null, held });
    try {
      await transport.deleteMessage(messageId);
    } catch (error) {
      patch({ messages, after, tail });
      return toFailure(error);
    }
    await showFrom(id, parentId, held);
    return null;
  }

  /** Brings a deleted message back. @returns why it did not work, or null. */
  async function restore(
    messageId: string,
    parentId: string | null,
    parentTopPx: number,
  ): Promise<Failure | null> {
    try {
      await transport.changeMessage(messageId, { isDeleted: false });
    } catch (error) {
      return toFailure(error);
    }
    await showFrom(get().id, messageId, hold(parentId, parentTopPx));
    return null;
  }

  /** Shows the active branch as the server has it, around a message of it or from its end. */
  async function showFrom(
    conversationId: string,
    messageId: string | null,
    held: HeldPlace | null,
  ): Promise<void> {
    try {
      const place = messageId === null ? null : { around: messageId };
      const page = await transport.readMessages(conversationId, place);
      if (isBusy(get().turn)) return;
      const fromId = messageId ?? page.messages[0]?.id ?? "";
      patch({ ...joinPage(get(), page, fromId), tail: null, held });
    } catch (error) {
      patch({ notice: toFailure(error) });
    }
  }

  /** A new conversation of the branch up to this message. @throws ApiError */
  const branchOff = (messageId: string): Promise<ConversationSummary> =>
    transport.branchOff(messageId);

  return {
    beginEdit,
    resumeEdit,
    isResumedEdit,
    keepEdit,
    readEdit,
    readEditImages,
    keepEditImages,
    endEdit,
    sendEdited: sending.sendEdited,
    saveAnswerText,
    remove,
    restore,
    branchOff,
  };
}

const hold = (messageId: string | null, topPx: number): HeldPlace | null =>
  messageId === null ? null : { messageId, topPx, focus: null };
