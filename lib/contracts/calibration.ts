import * as z from "zod";

/** What a model's reported usage taught about its tokenizer; kept with the model. */
export const calibrationSchema = z.object({
  /** How many reports it was learned from. */
  reports: z.number().int(),
  /** The window as the provider named it when it refused a prompt; null when it never did. */
  window: z.number().int().nullable(),
  windowAt: z.string().optional(),
  /** The window of the model's card at that time: another one is an admin's word, and newer. */
  windowFor: z.number().int().nullable().optional(),
  /** Tokens for one of each feature of a prompt: see lib/domain/tokens/features.ts. */
  weights: z.array(z.number()),
  /** How much of the features was seen, by pairs, and with how many tokens: sums of the reports. */
  seen: z.array(z.number()),
  tokens: z.array(z.number()),
  /** What is added, as a part, since reports were above what was expected. */
  margin: z.number(),
});
export type Calibration = z.infer<typeof calibrationSchema>;
