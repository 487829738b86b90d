import type { FilePart } from "@/lib/contracts/attachments";
import { newId } from "../new-id";
import { createAttachmentTray, type AttachmentTray } from "./attachment-tray";
import { discardImage, isImageGone, uploadImage } from "./attachment-upload";
import { waitOrWake } from "./backoff";
import { queueOf } from "./conversations-open";
import type { ConversationStore } from "./conversation-store";
import { drafts } from "./drafts";
import { shrinkImage } from "./shrink-image";

// Uploads go on while another conversation is looked at.
const trays = new WeakMap<ConversationStore, AttachmentTray>();

/** The images of the message that is being written in a conversation. */
export function trayOf(store: ConversationStore): AttachmentTray {
  const known = trays.get(store);
  if (known !== undefined) return known;
  const tray = openTray(findImages(store), (images) => {
    drafts.writeDraftImages(store.draftKey(), images);
  });
  trays.set(store, tray);
  return tray;
}

/** A tray with the images that are there already. */
export function openTray(
  initial: readonly FilePart[],
  keep: (images: readonly FilePart[]) => void,
): AttachmentTray {
  const tools = {
    upload: uploadImage,
    shrink: shrinkImage,
    discard: discardImage,
    isGone: isImageGone,
    openPreview: (file: File) => URL.createObjectURL(file),
    closePreview: (url: string) => {
      URL.revokeObjectURL(url);
    },
    keep,
    newKey: newId,
    random: Math.random,
    wait: waitOrWake,
  };
  return createAttachmentTray(tools, initial);
}

/** The draft's images, and those of a message that did not arrive before the page was left. */
function findImages(store: ConversationStore): FilePart[] {
  if (typeof window === "undefined") return [];
  const key = store.draftKey();
  const draft = drafts.readDraftImages(key);
  const { messages, turn } = store.get();
  const unsent = turn.phase === "idle" ? drafts.readUnsent(key) : null;
  if (unsent?.images === undefined || queueOf(store).has(unsent.messageId)) return draft;
  if (messages.some(({ id }) => id === unsent.messageId)) return draft;
  const known = new Set(draft.map(({ url }) => url));
  return [...unsent.images.filter(({ url }) => !known.has(url)), ...draft];
}
