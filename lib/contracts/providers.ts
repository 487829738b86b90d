import * as z from "zod";
import { errorCodeSchema, errorDetailsSchema } from "./errors";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { lineText } from "./text";

export const providerKinds = [
  "openai",
  "openai-compatible",
  "ollama",
  "lm-studio",
  "demo",
] as const;
export type ProviderKind = (typeof providerKinds)[number];

const baseUrlSchema = z
  .string()
  .max(2000)
  .transform((text) => text.trim().replace(/\/+$/, ""))
  .pipe(z.url({ protocol: /^https?$/ }));

const keySchema = z
  .string()
  .max(1000)
  .transform((text) => text.trim())
  .pipe(z.string().regex(/^[\x21-\x7e]*$/));

/** What is needed to reach a provider: for a test before saving, and to save. */
export const providerConnectionSchema = z.strictObject({
  kind: z.enum(["openai", "openai-compatible", "ollama", "lm-studio"]),
  baseUrl: baseUrlSchema,
  key: keySchema.optional(),
});

export type ProviderConnection = z.infer<typeof providerConnectionSchema>;

export const providerCreateSchema = providerConnectionSchema.extend({
  name: lineText(limits.nameCharacters),
  /**
   * The models to offer, by their id at the provider. The first becomes the instance's default
   * when there is none yet, or only the demo's.
   */
  models: z.array(lineText(200)).min(1).max(200),
});
export type ProviderCreate = z.infer<typeof providerCreateSchema>;

export const providerPatchSchema = z
  .strictObject({
    name: lineText(limits.nameCharacters),
    baseUrl: baseUrlSchema,
    /** Needed in the same request when the base URL moves to another origin; "" removes it. */
    key: keySchema,
    isEnabled: z.boolean(),
  })
  .partial();
export type ProviderPatch = z.infer<typeof providerPatchSchema>;

/** What a test found: the models, or what went wrong. */
export const providerTestSchema = z.object({
  isOk: z.boolean(),
  /** Ids at the provider; empty when it works but keeps no list. */
  models: z.array(z.string()),
  /** The address that answered: the given one, or that one with the `/v1` that was missing. */
  baseUrl: z.string(),
  errorCode: errorCodeSchema.nullable(),
  errorDetails: errorDetailsSchema.nullable(),
});
export type ProviderTest = z.infer<typeof providerTestSchema>;

/** A provider as an admin sees it. Its key never leaves the server, nor any part of it. */
export const providerSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(providerKinds),
  baseUrl: z.string(),
  hasKey: z.boolean(),
  source: z.enum(["admin", "environment", "demo"]),
  isEnabled: z.boolean(),
});
export type Provider = z.infer<typeof providerSchema>;

/** A model that a member may pick. */
export const modelOptionSchema = z.object({
  id: z.string(),
  label: z.string(),
  providerName: z.string(),
  isDefault: z.boolean(),
  isDemo: z.boolean(),
});
export type ModelOption = z.infer<typeof modelOptionSchema>;

export const modelSchema = modelOptionSchema.extend({
  providerId: z.string(),
  name: z.string(),
  contextWindow: z.number().int().nullable(),
  isEnabled: z.boolean(),
});
export type Model = z.infer<typeof modelSchema>;

export const modelPatchSchema = z
  .strictObject({
    label: lineText(limits.nameCharacters),
    contextWindow: z.number().int().min(1).max(100_000_000).nullable(),
    isEnabled: z.boolean(),
    isDefault: z.literal(true),
  })
  .partial();
export type ModelPatch = z.infer<typeof modelPatchSchema>;

export const modelCreateSchema = z.strictObject({ providerId: idSchema, name: lineText(200) });

/** A provider that was found without asking: in the environment or on this machine. */
export const foundProviderSchema = z.object({
  kind: z.enum(["openai", "openai-compatible", "ollama", "lm-studio"]),
  name: z.string(),
  baseUrl: z.string(),
  models: z.array(z.string()),
  source: z.enum(["environment", "local"]),
  /** The provider of the environment is stored already, under this id. */
  providerId: z.string().nullable(),
});
export type FoundProvider = z.infer<typeof foundProviderSchema>;
