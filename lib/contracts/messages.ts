import * as z from "zod";
import { budgetLimitSchema, contextMarkSchema } from "./context";
import { errorCodeSchema, errorDetailsSchema } from "./errors";
import { limits } from "./limits";
import { filePartSchema } from "./attachments";
import { idSchema } from "./ids";
import { usageTotalsSchema } from "./receipts";
import { longText } from "./text";

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

const textPartSchema = z.object({ type: z.literal("text"), text: z.string() });
const reasoningPartSchema = z.object({ type: z.literal("reasoning"), text: z.string() });

/** A part of an answer: a model writes no files. */
export const answerPartSchema = z.discriminatedUnion("type", [textPartSchema, reasoningPartSchema]);
export type AnswerPart = z.infer<typeof answerPartSchema>;

export const messagePartSchema = z.discriminatedUnion("type", [
  textPartSchema,
  reasoningPartSchema,
  filePartSchema,
]);
export type MessagePart = z.infer<typeof messagePartSchema>;

/** Why another model answered than the first of the alias. */
export const failoverSchema = z.object({
  /** What could not answer, in the order in which it was tried. */
  skipped: z.array(
    z.object({ model: z.string(), provider: z.string(), errorCode: errorCodeSchema }),
  ),
  model: z.string(),
  provider: z.string(),
});
export type Failover = z.infer<typeof failoverSchema>;

/** How an answer came about, in figures. */
export const answerFiguresSchema = z.object({
  /** From the request to the first token, in milliseconds; null without one. */
  firstTokenMs: z.number().nullable(),
  /** From the request to the end. */
  durationMs: z.number(),
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  isEstimated: z.boolean(),
  /** At the price that was valid then; null when it is unknown. */
  cost: z.object({ currency: z.enum(["CNY", "USD"]), micros: z.number().int() }).nullable(),
});
export type AnswerFigures = z.infer<typeof answerFiguresSchema>;

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
  /** What was said about it on the active branch. */
  context: contextMarkSchema,
  /** Whether a person wrote this text in place of a model's answer. */
  isEdited: z.boolean(),
  failover: failoverSchema.nullable(),
  /** Shared by the answers that were asked for together; null for an answer of its own. */
  candidateGroup: z.string().nullable(),
  /** What its receipt comes to; null where nothing was used, or an older release did it. */
  usage: usageTotalsSchema.nullable(),
  /** For an answer that a budget kept short: which one, and to how many tokens. */
  budgetLimit: budgetLimitSchema.nullable(),
  createdAt: z.iso.datetime(),
});
export type Message = z.infer<typeof messageSchema>;

export const messagesPageSchema = z.object({
  messages: z.array(messageSchema),
  /** Cursor of the page before this one; null at the start of the conversation. */
  before: z.string().nullable(),
  /** Cursor of the page after this one; null at the end of the active branch. */
  after: z.string().nullable(),
});
export type MessagesPage = z.infer<typeof messagesPageSchema>;

/** One of `before`, `after` and `around`, each the id of a message of the active branch. */
export const messagesQuerySchema = z
  .strictObject({
    before: idSchema.optional(),
    after: idSchema.optional(),
    /** The page has this message in its middle. */
    around: idSchema.optional(),
    limit: z.coerce.number().int().min(1).max(limits.messagesPage).default(30),
  })
  .refine(
    ({ before, after, around }) =>
      [before, after, around].filter((cursor) => cursor !== undefined).length <= 1,
    { error: "takes one of before, after and around" },
  );
export type MessagesQuery = z.infer<typeof messagesQuerySchema>;

/** What can be changed about a message, one thing at a time. */
export const messagePatchSchema = z
  .strictObject({
    /** Always keep, leave out, or automatic, on the branch that goes through it. */
    context: contextMarkSchema,
    /** Whether the context of its branch starts from here. */
    isContextStart: z.boolean(),
    /** A new text for an answer; it becomes an alternative beside it, which is then chosen. */
    text: longText(limits.messageCharacters),
    /** Makes it the chosen one among its alternatives; the active branch goes through it. */
    isChosen: z.literal(true),
    /** Brings a deleted message and its branch back while that is still possible. */
    isDeleted: z.literal(false),
  })
  .partial()
  .refine((patch) => Object.keys(patch).length === 1, { error: "takes one change at a time" });
export type MessagePatch = z.infer<typeof messagePatchSchema>;

/** What GET /api/messages/:id/candidates answers with: the answers of its group, in order. */
export const candidatesSchema = z.object({
  candidates: z.array(
    z.object({
      message: messageSchema,
      /** The alias that was picked for it; null when that is not known. */
      modelId: z.string().nullable(),
      figures: answerFiguresSchema.nullable(),
    }),
  ),
});
export type Candidates = z.infer<typeof candidatesSchema>;

/** The query of GET /api/conversations/:id/find. */
export const findQuerySchema = z.strictObject({
  query: z.string().trim().min(1).max(limits.findCharacters),
});

/** Where a text occurs on the active branch of a conversation, oldest first. */
export const foundMessagesSchema = z.object({
  matches: z.array(
    z.object({
      messageId: z.string(),
      role: z.enum(["user", "assistant"]),
      /** Words around the first occurrence. */
      excerpt: z.string(),
    }),
  ),
  /** There are more matches than are listed. */
  isCut: z.boolean(),
});
export type FoundMessages = z.infer<typeof foundMessagesSchema>;
