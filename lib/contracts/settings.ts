import * as z from "zod";
import { limits } from "./limits";
import { longText } from "./text";

/** Settings of the whole instance. The window counts rounds (one user message and its answer). */
export const instanceSettingsSchema = z.object({
  systemPrompt: z.string(),
  windowRounds: z.number().int(),
  windowTokens: z.number().int(),
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
    windowRounds: z.number().int().min(1).max(1000),
    windowTokens: z.number().int().min(500).max(10_000_000),
    connectTimeoutSeconds: z.number().int().min(1).max(120),
    headersTimeoutSeconds: z.number().int().min(1).max(1800),
    firstTokenTimeoutSeconds: z.number().int().min(1).max(1800),
    idleTimeoutSeconds: z.number().int().min(1).max(1800),
    totalTimeoutSeconds: z.number().int().min(1).max(86_400),
  })
  .partial();
