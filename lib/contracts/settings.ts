import * as z from "zod";
import { contextPolicySchema } from "./context";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { longText } from "./text";
import { timeZoneSchema } from "./time-zone";
import { currencySchema } from "./usage";

/** Settings of the whole instance. */
export const instanceSettingsSchema = z.object({
  systemPrompt: z.string(),
  /** Of conversations whose user has not chosen another. */
  contextPolicy: contextPolicySchema,
  /** The alias that makes summaries; null: the one that answers. */
  summaryModelId: z.string().nullable(),
  /** A turn that sends more tokens than these is called dear. */
  dearTokens: z.number().int(),
  /** IANA; days and months of reports and new budgets begin at its midnight. */
  timeZone: z.string(),
  /** Micro-units of CNY for a USD, as an admin has set it; null: currencies are never added up. */
  cnyPerUsdMicros: z.number().int().nullable(),
  /** The currency of totals over both. */
  totalsCurrency: currencySchema,
  /** A call that uses more tokens than these is unusual, and so is a user with more calls a minute. */
  alertTokensPerCall: z.number().int(),
  alertCallsPerMinute: z.number().int(),
  /** How long to wait for a provider's connection, and for its first sign of an answer. */
  connectTimeoutSeconds: z.number().int(),
  headersTimeoutSeconds: z.number().int(),
  /** How long to wait for a model's first word, between two of them, and for all of them. */
  firstTokenTimeoutSeconds: z.number().int(),
  idleTimeoutSeconds: z.number().int(),
  totalTimeoutSeconds: z.number().int(),
});
export type InstanceSettings = z.infer<typeof instanceSettingsSchema>;

export const instanceSettingsPatchSchema = z
  .strictObject({
    systemPrompt: longText(limits.systemPromptCharacters),
    contextPolicy: contextPolicySchema,
    summaryModelId: idSchema.nullable(),
    dearTokens: z.number().int().min(1000).max(10_000_000),
    timeZone: timeZoneSchema,
    cnyPerUsdMicros: z.number().int().min(10_000).max(10_000_000_000).nullable(),
    totalsCurrency: currencySchema,
    alertTokensPerCall: z.number().int().min(1000).max(100_000_000),
    alertCallsPerMinute: z.number().int().min(1).max(100_000),
    connectTimeoutSeconds: z.number().int().min(1).max(120),
    headersTimeoutSeconds: z.number().int().min(1).max(1800),
    firstTokenTimeoutSeconds: z.number().int().min(1).max(1800),
    idleTimeoutSeconds: z.number().int().min(1).max(1800),
    totalTimeoutSeconds: z.number().int().min(1).max(86_400),
  })
  .partial();
