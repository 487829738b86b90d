import type { AttachmentTray } from "@/lib/client/chat/attachment-tray";

/**
 * Takes pasted pictures. What office programs copy comes as words and as a picture of them: then
 * the words are meant.
 *
 * @returns whether there were any.
 */
export function pasteImages(pasted: DataTransfer, tray: AttachmentTray): boolean {
  const images = [...pasted.files].filter(({ type }) => type.startsWith("image/"));
  if (images.length === 0 || pasted.getData("text/plain") !== "") return false;
  tray.add(images);
  return true;
}
