import * as z from "zod";
import { contextPolicySchema } from "./context";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { longText } from "./text";

/** Settings of the whole instance. */
export const instanceSettingsSchema = z.object({
  systemPrompt: z.string(),
  /** Of conversations whose user has not chosen another. */
  contextPolicy: contextPolicySchema,
  /** The alias that makes summaries; null: the one that answers. */
  summaryModelId: z.string().nullable(),
  /** A turn that sends more tokens than these is called dear. */
  dearTokens: z.number().int(),
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
    connectTimeoutSeconds: z.number().int().min(1).max(120),
    headersTimeoutSeconds: z.number().int().min(1).max(1800),
    firstTokenTimeoutSeconds: z.number().int().min(1).max(1800),
    idleTimeoutSeconds: z.number().int().min(1).max(1800),
    totalTimeoutSeconds: z.number().int().min(1).max(86_400),
  })
  .partial();
