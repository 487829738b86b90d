import * as z from "zod";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { lineText } from "./text";

export const reasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh"] as const;
export type ReasoningEffort = (typeof reasoningEfforts)[number];

/** What shape the answer is to have. */
export const responseFormatSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json") }),
  z.strictObject({
    type: z.literal("json_schema"),
    name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    /** A JSON Schema whose top is an object. */
    schema: z
      .record(z.string(), z.json())
      .refine((schema) => JSON.stringify(schema).length <= limits.jsonSchemaCharacters, {
        error: "is too long",
      }),
  }),
]);
export type ResponseFormat = z.infer<typeof responseFormatSchema>;

/**
 * What a conversation asks of its model. What is left out is the provider's default; what a model
 * does not take is left out of its request, and said.
 */
export const parametersSchema = z
  .strictObject({
    temperature: z.number().min(0).max(2),
    topP: z.number().min(0).max(1),
    /** Tokens, thoughts included where the provider counts them. */
    maxOutputTokens: z.number().int().min(1).max(1_000_000),
    frequencyPenalty: z.number().min(-2).max(2),
    presencePenalty: z.number().min(-2).max(2),
    stop: z.array(z.string().min(1).max(100)).max(4),
    /** How many answers to one question. */
    n: z.number().int().min(1).max(limits.candidates),
    seed: z.number().int().min(0).max(2_147_483_647),
    reasoningEffort: z.enum(reasoningEfforts),
    responseFormat: responseFormatSchema,
  })
  .partial();
export type Parameters = z.infer<typeof parametersSchema>;
export type ParameterName = keyof Parameters;
export const parameterNames = Object.keys(parametersSchema.shape) as ParameterName[];

/** Parameters that somebody keeps under a name. */
export const parameterPresetSchema = z.object({
  id: z.string(),
  name: z.string(),
  parameters: parametersSchema,
});
export type ParameterPreset = z.infer<typeof parameterPresetSchema>;

export const parameterPresetCreateSchema = z.strictObject({
  name: lineText(limits.nameCharacters),
  parameters: parametersSchema,
});

export const parameterPresetPatchSchema = parameterPresetCreateSchema.partial();

/** Why a parameter that was asked for did not go along. */
export const leftOutSchema = z.object({
  name: z.enum(parameterNames as [ParameterName, ...ParameterName[]]),
  reason: z.enum(["not_taken", "fixed_by_model", "only_some_values"]),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** `compare` in POST /api/chat: the same question to several aliases, side by side. */
export const compareSchema = z.array(idSchema).min(2).max(limits.candidates);
