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

/** What the new text of a message is kept under while it is edited. */
export const editKey = (messageId: string) => `edit:${messageId}`;

/** What the new text of a summary is kept under while it is edited. */
export const summaryEditKey = (summaryId: string) => `summary:${summaryId}`;

/**
 * What people typed, kept in the browser until the server has it. Every operation works, as
 * well as can be, where storage is full or forbidden: then only this page remembers.
 */
export function createDrafts(storage: () => TextStorage) {
  const read = (key: string): Record<string, unknown> | null => {
    try {
      const value: unknown = JSON.parse(storage().getItem(key) ?? "null");
      return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
    } catch {
      return null;
    }
  };
  const write = (key: string, value: Draft | Unsent | readonly FilePart[] | null): boolean => {
    try {
      if (value === null) storage().removeItem(key);
      else storage().setItem(key, JSON.stringify(value));
      return true;
    } catch {
      // Full or forbidden: the text is still in the composer.
      return false;
    }
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
