import * as z from "zod";

/** The kinds of image that are taken; what is kept is one of the first three. */
export type ImageType = FilePart["mediaType"] | "image/gif";

/** An image of a message: where to get it, and its size so that nothing moves when it comes. */
export const filePartSchema = z.object({
  type: z.literal("file"),
  /** `/api/attachments/ID`. */
  url: z.string().regex(/^\/api\/attachments\/[A-Za-z0-9_-]{1,64}$/),
  mediaType: z.enum(["image/png", "image/jpeg", "image/webp"]),
  filename: z.string().max(200).optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
});
export type FilePart = z.infer<typeof filePartSchema>;

/** What POST /api/attachments answers with. */
export const attachmentSchema = z.object({
  id: z.string(),
  part: filePartSchema,
  byteLength: z.number().int(),
});
export type UploadedImage = z.infer<typeof attachmentSchema>;

/** The id in an attachment's address; null when it is another address. */
export function readAttachmentId(url: string): string | null {
  return /^\/api\/attachments\/([A-Za-z0-9_-]{1,64})$/.exec(url)?.[1] ?? null;
}
