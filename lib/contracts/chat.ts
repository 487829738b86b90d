import * as z from "zod";
import { contextPolicySchema, storedPlanSchema } from "./context";
import { errorCodeSchema, errorDetailsSchema } from "./errors";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { filePartSchema } from "./attachments";
import { answerFiguresSchema, failoverSchema, messageStatusSchema } from "./messages";
import { compareSchema, parametersSchema } from "./parameters";
import { usageTotalsSchema } from "./receipts";
import { longText } from "./text";

const textPartSchema = z.object({
  type: z.literal("text"),
  text: longText(limits.messageCharacters),
});

const imagePartSchema = filePartSchema.strict();

const userMessageSchema = z
  .object({
    id: idSchema,
    role: z.literal("user"),
    parts: z
      .array(z.discriminatedUnion("type", [textPartSchema, imagePartSchema]))
      .min(1)
      .max(16)
      .refine(
        (parts) => parts.filter(({ type }) => type === "file").length <= limits.imagesPerMessage,
        { error: "has too many images" },
      ),
    // The SDK's UIMessage may carry metadata; nothing of it is used.
    metadata: z.unknown().optional(),
  })
  .strict();

/** The body of POST /api/chat: the new message only, never the history. */
export const chatTurnSchema = z
  .strictObject({
    /** The conversation; made when it does not exist yet. */
    id: idSchema,
    message: userMessageSchema.optional(),
    /** The message that this one follows; the active leaf when left out, null for a new root. */
    parentId: idSchema.nullable().optional(),
    trigger: z
      .enum(["submit-message", "regenerate-message", "continue-message"])
      .default("submit-message"),
    /**
     * With `regenerate-message`: the answer to make anew, or the user message to answer. With
     * `continue-message`: the answer that was cut and is to go on.
     */
    messageId: idSchema.optional(),
    /** An alias; the conversation's when left out. */
    model: idSchema.optional(),
    /**
     * The same question to these aliases, side by side; the first is the conversation's from then
     * on, until another answer is chosen. Not with `continue-message`.
     */
    compare: compareSchema.optional(),
    /** Kept with the conversation; null: back to the default. */
    settings: z
      .strictObject({
        systemPrompt: longText(limits.systemPromptCharacters).nullable(),
        parameters: parametersSchema.nullable(),
        contextPolicy: contextPolicySchema.nullable(),
      })
      .partial()
      .optional(),
  })
  .refine((turn) => turn.trigger !== "submit-message" || turn.message !== undefined, {
    path: ["message"],
    error: "is needed to submit a message",
  })
  .refine((turn) => turn.trigger === "submit-message" || turn.messageId !== undefined, {
    path: ["messageId"],
    error: "is needed to regenerate or continue an answer",
  })
  .refine((turn) => turn.trigger !== "continue-message" || turn.compare === undefined, {
    path: ["compare"],
    error: "does not go with continuing an answer",
  });

export type ChatTurn = z.infer<typeof chatTurnSchema>;

/** The query of POST /api/chat/:id/stop: only this generation, or whichever is live. */
export const stopQuerySchema = z.strictObject({ generationId: idSchema.optional() });

/** The query of GET /api/chat/:id/stream: one of the live answers, or the first of them. */
export const streamQuerySchema = z.strictObject({ messageId: idSchema.optional() });

/** A pause between two tries, while the gate waits for a provider in trouble. */
export const retryNoticeSchema = z.object({
  /** The try that comes next, from 2. */
  attempt: z.number().int(),
  of: z.number().int(),
  /** From the moment in which the notice is sent. */
  waitMs: z.number(),
  errorCode: errorCodeSchema,
});
/** `waitMs` 0 with `attempt` 1: it waits for a free place at the provider. */
export type RetryNotice = z.infer<typeof retryNoticeSchema>;

/** One of several answers that are written side by side. */
export const candidateSchema = z.object({
  messageId: z.string(),
  generationId: z.string(),
  /** The alias that was picked for it. */
  modelId: z.string().nullable().default(null),
  model: z.string(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** Metadata of the answer, in the stream's `start`, `message-metadata` and `finish` chunks. */
export const answerMetadataSchema = z.object({
  conversationId: z.string(),
  /** The user message that is answered. */
  parentId: z.string(),
  /** What is writing it; null for an answer from the store. */
  generationId: z.string().nullable(),
  status: messageStatusSchema,
  model: z.string().nullable(),
  /** Why another model answers than the first of its alias. */
  failover: failoverSchema.nullable().optional(),
  /** All answers to this question that were asked for together, this one included, in order. */
  candidates: z.array(candidateSchema).optional(),
  /** At the end of an answer. */
  figures: answerFiguresSchema.nullable().optional(),
  /** At the end of an answer: see messageSchema. */
  usage: usageTotalsSchema.nullable().optional(),
  /** The conversation's title, when this turn set it. */
  title: z.string().optional(),
  errorCode: errorCodeSchema.nullable(),
  errorDetails: errorDetailsSchema.nullable(),
  /** While the gate waits before another try; null again as soon as it tries. */
  retry: retryNoticeSchema.nullable().optional(),
  /** What was sent and why, once that is known. */
  plan: storedPlanSchema.nullable().optional(),
  /** A summary is being made, without which the turn would not fit. */
  isSummarising: z.boolean().optional(),
  /** False at an end that could not be stored yet: the server goes on trying. */
  isSaved: z.boolean().optional(),
});
export type AnswerMetadata = z.infer<typeof answerMetadataSchema>;

/** One chunk of the AI SDK's UI message stream: the kinds that Parley sends. */
export type AnswerChunk =
  | { type: "start"; messageId: string; messageMetadata: AnswerMetadata }
  | { type: "start-step" }
  | { type: "text-start" | "reasoning-start"; id: string }
  | { type: "text-delta" | "reasoning-delta"; id: string; delta: string }
  | { type: "text-end" | "reasoning-end"; id: string }
  | { type: "message-metadata"; messageMetadata: AnswerMetadata }
  | { type: "error"; errorText: string }
  | { type: "finish-step" }
  | { type: "finish"; messageMetadata: AnswerMetadata };
