import * as z from "zod";
import { errorCodeSchema, errorDetailsSchema } from "./errors";
import { limits } from "./limits";
import { idSchema } from "./ids";

export const messageStatuses = [
  "streaming",
  "complete",
  "length",
  "filtered",
  "stopped",
  "interrupted",
  "failed",
] as const;

export const messageStatusSchema = z.enum(messageStatuses);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

export const messagePartSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("reasoning"), text: z.string() }),
]);
export type MessagePart = z.infer<typeof messagePartSchema>;

/** A message as the browser sees it. */
export const messageSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(["user", "assistant"]),
  parts: z.array(messagePartSchema),
  status: messageStatusSchema,
  /** Why an answer is not complete, and what the sentence about it names. */
  errorCode: errorCodeSchema.nullable(),
  errorDetails: errorDetailsSchema.nullable(),
  /** All alternatives at this place, oldest first, this one included. */
  siblingIds: z.array(z.string()),
  /** What the model was called when it answered; null for a user's message. */
  model: z.string().nullable(),
  context: z.enum(["auto", "pinned", "excluded"]),
  createdAt: z.iso.datetime(),
});
export type Message = z.infer<typeof messageSchema>;

export const messagesPageSchema = z.object({
  messages: z.array(messageSchema),
  /** Cursor of the page before this one; null at the start of the conversation. */
  before: z.string().nullable(),
});
export type MessagesPage = z.infer<typeof messagesPageSchema>;

export const messagesQuerySchema = z.strictObject({
  before: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(limits.messagesPage).default(30),
});
