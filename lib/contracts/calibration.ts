import * as z from "zod";

/** What a model's reported usage taught about its tokenizer; kept with the model. */
export const calibrationSchema = z.object({
  /** Tokens of the model for one of ours. */
  factor: z.number(),
  /** How many reports it was learned from. */
  reports: z.number().int(),
  /** The window as the provider named it when it refused a prompt; null when it never did. */
  window: z.number().int().nullable(),
});
export type Calibration = z.infer<typeof calibrationSchema>;
