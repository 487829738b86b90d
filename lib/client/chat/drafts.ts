import type { FilePart } from "@/lib/contracts/attachments";
import { openKeptText } from "../kept-text";
import { parseImages, withImages } from "./attachment-parts";

/** Text in a composer that was not sent yet. */
type Draft = { text: string };

/** A message on its way: its ids stay the same however often it is posted. */
export type Unsent = {
  conversationId: string;
  messageId: string;
  text: string;
  images?: readonly FilePart[];
};

type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What a conversation that has no address yet is kept under. */
export const newConversationKey = "new";

/** Whether a change of the storage says that another tab has removed the draft of a key. */
export const isDraftRemoved = (event: Pick<StorageEvent, "key" | "newValue">, key: string) =>
  event.key === `parley.draft.${key}` && event.newValue === null;

/** What the new text of a message is kept under while it is edited. */
export const editKey = (messageId: string) => `edit:${messageId}`;

/** What the new text of a summary is kept under while it is edited. */
export const summaryEditKey = (summaryId: string) => `summary:${summaryId}`;

/**
 * What people typed, kept in the browser until the server has it. Every operation works, as
 * well as can be, where storage is full or forbidden: then only this page remembers.
 */
export function createDrafts(storage: () => TextStorage) {
  /** What this page read or wrote last: what is there otherwise is another tab's. */
  const seen = new Map<string, string | null>();
  const read = (key: string): Record<string, unknown> | null => {
    try {
      const stored = storage().getItem(key);
      seen.set(key, stored);
      const value: unknown = JSON.parse(stored ?? "null");
      return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
    } catch {
      return null;
    }
  };
  const write = (key: string, value: Draft | Unsent | readonly FilePart[] | null): boolean => {
    return writeRaw(key, value === null ? null : JSON.stringify(value));
  };
  const writeRaw = (key: string, value: string | null): boolean => {
    try {
      if (value === null) storage().removeItem(key);
      else storage().setItem(key, value);
      seen.set(key, value);
      return true;
    } catch {
      // Full or forbidden: the text is still in the composer.
      return false;
    }
  };
  /** Moves an entry, and leaves there what another tab put in its place. */
  const move = (from: string, to: string): void => {
    const known = seen.get(from);
    read(from);
    const stored = seen.get(from) ?? null;
    writeRaw(to, known === undefined ? stored : known);
    if (known === undefined || known === stored) writeRaw(from, null);
  };
  return {
    readDraft(key: string): string {
      const text = read(`parley.draft.${key}`)?.["text"];
      return typeof text === "string" ? text : "";
    },
    /** @returns whether it is kept. */
    writeDraft(key: string, text: string): boolean {
      return write(`parley.draft.${key}`, text === "" ? null : { text });
    },
    /** Images that were uploaded for a message that was not sent yet. */
    readDraftImages(key: string): FilePart[] {
      return parseImages(read(`parley.draft.images:${key}`));
    },
    writeDraftImages(key: string, images: readonly FilePart[]): void {
      write(`parley.draft.images:${key}`, images.length === 0 ? null : images);
    },
    /** Gives what this page keeps under one key to another; what other tabs keep there stays. */
    moveDraft(from: string, to: string): void {
      move(`parley.draft.${from}`, `parley.draft.${to}`);
      move(`parley.draft.images:${from}`, `parley.draft.images:${to}`);
    },
    readUnsent(key: string): Unsent | null {
      const { conversationId, messageId, text, images } = read(`parley.unsent.${key}`) ?? {};
      const isWhole =
        typeof conversationId === "string" &&
        typeof messageId === "string" &&
        typeof text === "string";
      return isWhole
        ? { conversationId, messageId, text, ...withImages(parseImages(images)) }
        : null;
    },
    writeUnsent(key: string, unsent: Unsent | null): void {
      write(`parley.unsent.${key}`, unsent);
    },
  };
}

export type Drafts = ReturnType<typeof createDrafts>;

export const drafts = createDrafts(() => openKeptText());
