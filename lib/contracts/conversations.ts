import * as z from "zod";
import { contextPolicySchema } from "./context";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { parametersSchema } from "./parameters";
import { lineText, longText } from "./text";

/** A line of the sidebar. */
export const conversationSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  updatedAt: z.iso.datetime(),
  /** Whether an answer is being written in it. */
  isAnswering: z.boolean(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

/** The summary that a conversation began with. */
const carriedSchema = z.object({
  text: z.string(),
  /** Where it comes from; null when that is no longer there. */
  from: z.object({ id: z.string(), title: z.string() }).nullable(),
});

export const conversationSchema = conversationSummarySchema.extend({
  systemPrompt: z.string().nullable(),
  /** The alias that answers. */
  modelId: z.string().nullable(),
  parameters: parametersSchema.nullable(),
  /** Null: the user's own default, or the instance's. */
  contextPolicy: contextPolicySchema.nullable(),
  activeLeafId: z.string().nullable(),
  /** What it goes on from: another conversation's summary. Read with one conversation only. */
  carried: carriedSchema.nullable().optional(),
  createdAt: z.iso.datetime(),
});
export type Conversation = z.infer<typeof conversationSchema>;

export const conversationsPageSchema = z.object({
  conversations: z.array(conversationSummarySchema),
  /** Cursor of the next page; null at the end. */
  cursor: z.string().nullable(),
});
export type ConversationsPage = z.infer<typeof conversationsPageSchema>;

export const conversationsQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(limits.conversationsPage).default(40),
});

export const conversationPatchSchema = z
  .strictObject({
    title: lineText(limits.titleCharacters),
    systemPrompt: longText(limits.systemPromptCharacters).nullable(),
    modelId: idSchema.nullable(),
    parameters: parametersSchema.nullable(),
    contextPolicy: contextPolicySchema.nullable(),
    /** false brings a deleted conversation back while it can still be undone. */
    isDeleted: z.literal(false),
  })
  .partial();
export type ConversationPatch = z.infer<typeof conversationPatchSchema>;
