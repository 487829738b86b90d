import * as z from "zod";
import { filePartSchema } from "./attachments";
import { turnBudgetSchema } from "./budgets";
import { errorCodeSchema, errorDetailsSchema } from "./errors";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { compareSchema, parametersSchema } from "./parameters";
import { longText } from "./text";

/**
 * How much of a conversation goes along with each turn: its last rounds, as much as a number of
 * tokens holds, as much as the model's window holds, or the last rounds with a summary of what came
 * before them.
 */
export const contextPolicyKinds = ["rounds", "tokens", "window", "summary"] as const;
export type ContextPolicyKind = (typeof contextPolicyKinds)[number];

export const contextPolicySchema = z.strictObject({
  kind: z.enum(contextPolicyKinds),
  /** For `rounds` and `summary`: how many earlier rounds; one is a user message and its answer. */
  rounds: z.number().int().min(1).max(limits.contextRounds),
  /** For `tokens`: of everything that is sent. Also for `window` where no window is known. */
  tokens: z.number().int().min(limits.contextTokensMin).max(limits.contextTokens),
});
export type ContextPolicy = z.infer<typeof contextPolicySchema>;

export const contextMarks = ["auto", "pinned", "excluded"] as const;
export const contextMarkSchema = z.enum(contextMarks);
export type ContextMark = z.infer<typeof contextMarkSchema>;

/** What was said about the context of one branch; kept with its leaf. */
export const branchContextSchema = z.object({
  marks: z.record(z.string(), z.enum(["pinned", "excluded"])).default({}),
  /** Nothing before this message goes along; null: from the first. */
  startId: z.string().nullable().default(null),
  isSummaryOff: z.boolean().default(false),
});
export type BranchContext = z.infer<typeof branchContextSchema>;

export const plainBranchContext: BranchContext = { marks: {}, startId: null, isSummaryOff: false };

/** Tokens of a text by our own count, and what other tokenizers are estimated from. */
export const tokenCountsSchema = z.object({
  o200k: z.number().int(),
  /** Where a model needed it. */
  cl100k: z.number().int().optional(),
  /** Characters of Chinese, Japanese and Korean scripts. */
  wide: z.number().int(),
  /** Characters that are neither letters nor blanks: figures, punctuation, symbols. */
  signs: z.number().int(),
  /** Figures; missing from texts that were counted before these three were. */
  digits: z.number().int().optional(),
  /** Line ends, and blanks save the single ones between words. */
  blanks: z.number().int().optional(),
  /** Bytes of UTF-8. */
  bytes: z.number().int().optional(),
});
export type TokenCounts = z.infer<typeof tokenCountsSchema>;

/** What becomes of a message. */
export const planStates = ["kept", "shortened", "summarised", "left_out"] as const;
export type PlanState = (typeof planStates)[number];

export const planReasons = [
  /** The message to be answered, and what belongs to it. */
  "newest",
  "within_policy",
  "pinned",
  /** Shortened: the results of its tools, or its own text, with a mark where something is missing. */
  "tool_results",
  "too_long",
  "summarised",
  /** Left out. */
  "over_rounds",
  "over_tokens",
  "over_window",
  "excluded",
  "before_start",
  /** An answer without text. */
  "empty",
] as const;
export type PlanReason = (typeof planReasons)[number];

export const planEntrySchema = z.object({
  messageId: z.string(),
  role: z.enum(["user", "assistant"]),
  /** Its first words, on one line. */
  excerpt: z.string(),
  state: z.enum(planStates),
  reason: z.enum(planReasons),
  /** As it stands in the conversation, images included. */
  tokens: z.number().int(),
  /** As it is sent. */
  sentTokens: z.number().int(),
  mark: contextMarkSchema,
});
export type PlanEntry = z.infer<typeof planEntrySchema>;

/** What a window is filled with, in tokens. `free` is negative where nothing fits any more. */
export const planPartsSchema = z.object({
  system: z.number().int(),
  tools: z.number().int(),
  /** Images, wherever they stand. */
  files: z.number().int(),
  summary: z.number().int(),
  history: z.number().int(),
  /** The new message without its images; of a preview, the draft. */
  draft: z.number().int(),
  /** Room for the answer. */
  reply: z.number().int(),
  /** What is left; null where the window is unknown. */
  free: z.number().int().nullable(),
});
export type PlanParts = z.infer<typeof planPartsSchema>;

/** How sure the counts are: the model's own encoding, learned from its reports, or neither yet. */
export const countSureties = ["exact", "learned", "estimated"] as const;

export const summarySchema = z.object({
  id: z.string(),
  text: z.string(),
  tokens: z.number().int(),
  /** The last message that it stands for; null for one from another conversation. */
  coversToId: z.string().nullable(),
  coveredCount: z.number().int(),
  source: z.enum(["model", "user"]),
  modelLabel: z.string().nullable(),
  /** The conversation that it came from, when that is still there. */
  carriedFrom: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** What was left out, or where the branch starts, has changed since. */
  isStale: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type Summary = z.infer<typeof summarySchema>;

/** What a person is told before it hurts. */
export const planWarnings = [
  /** 70 % of the window are in use. */
  "nearly_full",
  /** A turn sends more tokens than the admin calls dear. */
  "dear",
  /** Older messages are left out, and no summary stands for them. */
  "forgetting",
  /** The new message is too long and will be shortened. */
  "draft_shortened",
  /** Pinned messages do not all fit. */
  "pins_left_out",
  "summary_stale",
  "window_unknown",
] as const;
export type PlanWarning = (typeof planWarnings)[number];

/** The body of POST /api/chat/:id/plan: what the next turn would be. */
export const planRequestSchema = z.strictObject({
  /** The draft. */
  text: longText(limits.messageCharacters).optional(),
  images: z.array(filePartSchema.strict()).max(limits.imagesPerMessage).optional(),
  /** What the new message would follow; the active leaf when left out. */
  parentId: idSchema.nullable().optional(),
  /** An alias; the conversation's when left out. */
  model: idSchema.optional(),
  /** In place of `model`: the aliases that are asked side by side. */
  compare: compareSchema.optional(),
  /** In place of what the conversation has. */
  settings: z
    .strictObject({
      systemPrompt: longText(limits.systemPromptCharacters).nullable(),
      parameters: parametersSchema.nullable(),
      contextPolicy: contextPolicySchema.nullable(),
    })
    .partial()
    .optional(),
  /** Lists the messages before this one, in place of the newest. */
  before: idSchema.optional(),
  limit: z.number().int().min(1).max(limits.messagesPage).default(limits.messagesPage),
});
export type PlanRequest = z.infer<typeof planRequestSchema>;

const planModelSchema = z.object({ id: z.string(), label: z.string() });

const planRefusalSchema = z.object({ code: errorCodeSchema, details: errorDetailsSchema });

const planCostSchema = z.object({
  currency: z.enum(["CNY", "USD"]),
  inputMicros: z.number().int(),
  mostMicros: z.number().int(),
  /** Part of it was converted at the team's rate. */
  isConverted: z.boolean().optional(),
});
export type PlanCost = z.infer<typeof planCostSchema>;

/** How one of several models that are asked side by side stands to the next turn. */
export const comparedPlanSchema = z.object({
  model: planModelSchema,
  window: z.number().int().nullable(),
  inputTokens: z.number().int(),
  cost: planCostSchema.nullable(),
  warnings: z.array(z.enum(planWarnings)),
  refusal: planRefusalSchema.nullable(),
  /** Of its own call, when those before it in the list have reserved what they need. */
  budget: turnBudgetSchema.pick({ refusal: true, limitedTo: true }),
});
export type ComparedPlan = z.infer<typeof comparedPlanSchema>;

/**
 * What the next turn would send, and why. Of several models side by side it is the plan of the one
 * whose window is the fullest, with the warnings of any of them; cost and budget are of all.
 */
export const contextPlanSchema = z.object({
  /** The alias, and the model of it that is asked first; null when there is none. */
  model: planModelSchema.nullable(),
  /** Tokens of input and output together; null when unknown. */
  window: z.number().int().nullable(),
  surety: z.enum(countSureties),
  policy: contextPolicySchema,
  policyFrom: z.enum(["conversation", "user", "instance"]),
  parts: planPartsSchema,
  /** Everything that is sent. */
  inputTokens: z.number().int(),
  /** What the input would cost, and the turn with the longest answer that there is room for. */
  cost: planCostSchema.nullable(),
  /** A page of the branch, oldest first, without the draft. */
  entries: z.array(planEntrySchema),
  /** Cursor of the page before; null at the start of the conversation. */
  before: z.string().nullable(),
  /** How many earlier messages go along, whole or shortened, of all pages. */
  sentCount: z.number().int(),
  /** The oldest message from which everything goes along, save what is left out by hand. */
  firstSentId: z.string().nullable(),
  startId: z.string().nullable(),
  summary: summarySchema.nullable(),
  /** Whether the summary goes along. */
  isSummarySent: z.boolean(),
  isSummaryOff: z.boolean(),
  warnings: z.array(z.enum(planWarnings)),
  /** Why nothing could be sent. */
  refusal: planRefusalSchema.nullable(),
  /** How the budgets stand to it, as far as one can say before it is sent. */
  budget: turnBudgetSchema,
  /** Aliases with more room, the smallest first, where that would help. */
  largerModels: z.array(z.object({ id: z.string(), name: z.string(), window: z.number().int() })),
  /** The models that are asked side by side, in their order; empty where one is asked. */
  sideBySide: z.array(comparedPlanSchema),
});
export type ContextPlanView = z.infer<typeof contextPlanSchema>;

/** How long an answer could get, by which budget. */
export const budgetLimitSchema = z.object({ tokens: z.number().int(), budget: z.string() });

/** What is kept of the plan of a turn, with its generation. */
export const storedPlanSchema = z.object({
  modelLabel: z.string(),
  window: z.number().int().nullable(),
  policy: contextPolicySchema,
  parts: planPartsSchema,
  inputTokens: z.number().int(),
  /** How many messages went along whole or shortened, and how many did not. */
  keptCount: z.number().int(),
  shortenedCount: z.number().int(),
  leftOutCount: z.number().int(),
  /** The oldest that went along; pinned ones may be older. */
  firstSentId: z.string().nullable(),
  pinnedIds: z.array(z.string()),
  excludedIds: z.array(z.string()),
  summaryId: z.string().nullable(),
  /** The provider found it too long, and it was cut once more. */
  isCutAgain: z.boolean(),
  /** The budget that allowed no longer answer, and how long that was; null where none did. */
  budgetLimit: budgetLimitSchema.nullable().default(null),
});
export type StoredPlan = z.infer<typeof storedPlanSchema>;

/** What GET /api/messages/:id/plan answers with; null where nothing was sent, or is known of it. */
export const answerPlanSchema = z.object({ plan: storedPlanSchema.nullable() });
export type AnswerPlan = z.infer<typeof answerPlanSchema>;

/** The body of PATCH /api/conversations/:id/summary, one change at a time. */
export const summaryPatchSchema = z
  .strictObject({
    text: longText(limits.summaryCharacters),
    isOff: z.boolean(),
    /** Brings back an earlier summary of the branch that stands for as much: undoes a change. */
    restoreId: idSchema,
    /** With `text`: the summary that was changed, where there may be a newer one by now. */
    summaryId: idSchema,
  })
  .partial()
  .refine(({ summaryId: _of, ...change }) => Object.keys(change).length === 1, {
    error: "takes one change at a time",
  });
export type SummaryPatch = z.infer<typeof summaryPatchSchema>;

/** The body of POST /api/conversations/:id/summary: makes it anew, by the alias that is named. */
export const summaryRequestSchema = z.strictObject({ model: idSchema.optional() });
export type SummaryRequest = z.infer<typeof summaryRequestSchema>;

/** Why a text of a model was not taken as a summary. */
export const summaryFailures = ["empty", "cut", "reasoning", "long"] as const;
export type SummaryFailure = (typeof summaryFailures)[number];

/** What both answer with, and GET /api/conversations/:id/summary. */
export const summaryAnswerSchema = z.object({
  summary: summarySchema.nullable(),
  isOff: z.boolean(),
  /** One is being made. */
  isRunning: z.boolean(),
  /** Why the last attempt made none; null when it did, or when there was none. */
  failure: z.object({ code: errorCodeSchema, details: errorDetailsSchema }).nullable(),
});
export type SummaryAnswer = z.infer<typeof summaryAnswerSchema>;

/** What POST /api/conversations/:id/successor answers with: the new conversation. */
export const successorSchema = z.object({ id: z.string() });
export type Successor = z.infer<typeof successorSchema>;
