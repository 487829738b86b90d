import type { FilePart } from "@/lib/contracts/attachments";
import type { Message } from "@/lib/contracts/messages";

const addressPattern = /^\/api\/attachments\/[A-Za-z0-9_-]{1,64}$/;
const keptTypes: readonly unknown[] = ["image/png", "image/jpeg", "image/webp"];

/** The images of a message. */
export function imagesOf({ parts }: Pick<Message, "parts">): FilePart[] {
  return parts.filter((part) => part.type === "file");
}

/** Which images these are, whatever is said of them. */
export const isSameImages = (
  one: readonly FilePart[] = [],
  other: readonly FilePart[] = [],
): boolean => one.map(({ url }) => url).join() === other.map(({ url }) => url).join();

/** The parts of a message as it is sent: its images, then its words. */
export function partsOf(text: string, images: readonly FilePart[]): Message["parts"] {
  return [...images, ...(text.trim() === "" && images.length > 0 ? [] : [textPart(text)])];
}

const textPart = (text: string) => ({ type: "text" as const, text });

/** An entry for what is stored: without images it looks as it did before there were any. */
export const withImages = (images: readonly FilePart[]) => (images.length === 0 ? {} : { images });

/** Images that were stored in the browser, as far as they can be understood. */
export function parseImages(value: unknown): FilePart[] {
  return Array.isArray(value) ? value.flatMap((entry: unknown) => parseImage(entry)) : [];
}

function parseImage(value: unknown): FilePart[] {
  if (typeof value !== "object" || value === null) return [];
  const { url, mediaType, filename, width, height } = value as Record<string, unknown>;
  if (typeof url !== "string" || !addressPattern.test(url)) return [];
  if (!keptTypes.includes(mediaType)) return [];
  return [
    {
      type: "file",
      url,
      mediaType: mediaType as FilePart["mediaType"],
      ...(typeof filename === "string" ? { filename } : {}),
      ...(Number.isInteger(width) ? { width: width as number } : {}),
      ...(Number.isInteger(height) ? { height: height as number } : {}),
    },
  ];
}
