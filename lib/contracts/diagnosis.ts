import * as z from "zod";
import { idSchema } from "./ids";
import { errorCodeSchema, errorDetailsSchema } from "./errors";

/** What a test looks at, in the order in which it does. */
export const diagnosisStepNames = [
  "reachable",
  "certificate",
  "key",
  "models",
  "answers",
  "streams",
  "usageInStream",
  "tools",
  "vision",
  "json",
  "jsonSchema",
  "reasoning",
  "reasoningBack",
  "outputLimit",
  "temperature",
  "topP",
  "frequencyPenalty",
  "presencePenalty",
  "stop",
  "n",
  "seed",
  "reasoningEffort",
] as const;
export type DiagnosisStepName = (typeof diagnosisStepNames)[number];

/** What one step found. The sentence is found by name and finding, in the reader's language. */
export const diagnosisStepSchema = z.object({
  name: z.enum(diagnosisStepNames),
  /**
   * `ok`: it works; `no`: it does not, and that is no fault; `bad`: a fault that keeps it from
   * working; `unclear`: tried, without a clear result; `skipped`: not tried, because of an earlier
   * step.
   */
  finding: z.enum(["ok", "no", "bad", "unclear", "skipped"]),
  errorCode: errorCodeSchema.nullable(),
  /** Values that the sentence names: `ms`, `count`, `field`, `values`, `status`… never secrets. */
  details: errorDetailsSchema,
  durationMs: z.number().int(),
});
export type DiagnosisStep = z.infer<typeof diagnosisStepSchema>;

/** A doctor's note on a provider, and on one of its models. */
export const diagnosisSchema = z.object({
  providerId: z.string(),
  /** The id at the provider of the model that was tried; null when none was. */
  modelName: z.string().nullable(),
  modelId: z.string().nullable(),
  steps: z.array(diagnosisStepSchema),
  /** Every step that must work does. */
  isOk: z.boolean(),
  /** Requests that reached the provider, and tokens they used as far as it said. */
  requests: z.number().int(),
  tokens: z.number().int(),
  checkedAt: z.iso.datetime(),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** The body of POST /api/admin/providers/:id/test. */
export const diagnosisRequestSchema = z.strictObject({
  /** The model to try; the provider's first enabled one when left out. */
  modelId: idSchema.optional(),
  /** Only whether it can be reached, takes the key and lists models. */
  isQuick: z.boolean().default(false),
});
