import * as z from "zod";
import { capabilityCardSchema } from "./cards";
import { countSureties } from "./context";
import { diagnosisSchema } from "./diagnosis";
import { errorCodeSchema, errorDetailsSchema } from "./errors";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { parameterNames, reasoningEfforts, type ParameterName } from "./parameters";
import { priceMicrosSchema } from "./prices";
import { lineText } from "./text";
import { currencySchema } from "./usage";

/** The dialects that Parley speaks; one file each in lib/domain/dialects. */
export const providerKinds = [
  "openai",
  "azure",
  "deepseek",
  "dashscope",
  "ark",
  "siliconflow",
  "01-ai",
  "ollama",
  "lm-studio",
  "vllm",
  "openai-compatible",
  "demo",
] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** Those that an admin can connect. */
export const connectableKindSchema = z.enum(providerKinds).exclude(["demo"]);

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

const apiVersionSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}(?:-preview)?$|^preview$|^v1$/);

/** What an admin has set for one provider; what is left out is the instance's. */
export const providerCallSettingsSchema = z
  .strictObject({
    connectTimeoutSeconds: z.number().int().min(1).max(120),
    headersTimeoutSeconds: z.number().int().min(1).max(1800),
    firstTokenTimeoutSeconds: z.number().int().min(1).max(1800),
    idleTimeoutSeconds: z.number().int().min(1).max(1800),
    totalTimeoutSeconds: z.number().int().min(1).max(86_400),
    /** Requests of one call, the first included. */
    attempts: z.number().int().min(1).max(3),
    /** Calls at a time, on each instance. */
    concurrency: z.number().int().min(1).max(1000),
  })
  .partial();
export type ProviderCallSettings = z.infer<typeof providerCallSettingsSchema>;

/** What is needed to reach a provider: for a test before saving, and to save. */
export const providerConnectionSchema = z.strictObject({
  kind: connectableKindSchema,
  baseUrl: baseUrlSchema,
  /** Azure only, and needed there. */
  apiVersion: apiVersionSchema.optional(),
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
    apiVersion: apiVersionSchema,
    /**
     * Takes the place of all the instance's keys. Needed in the same request when the base URL moves
     * to another origin; "" removes them.
     */
    key: keySchema,
    isEnabled: z.boolean(),
    allowsMemberKeys: z.boolean(),
    /** Takes the place of all of them. */
    callSettings: providerCallSettingsSchema,
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

/**
 * How a key that is switched on does: `aside` is not used for now; `refused` is what the provider
 * refused last, and is used all the same, since there was no other.
 */
const keyStandings = ["in_use", "aside", "refused"] as const;

/** A key as its owner sees it: everything but the key. */
export const providerKeySchema = z.object({
  id: z.string(),
  label: z.string(),
  isEnabled: z.boolean(),
  standing: z.enum(keyStandings),
  /** Set aside, or refused, because of this, since then, and until then (null: until somebody says so). */
  asideCode: errorCodeSchema.nullable(),
  asideAt: z.iso.datetime().nullable(),
  asideUntil: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type ProviderKeyInfo = z.infer<typeof providerKeySchema>;

export const providerKeyCreateSchema = z.strictObject({
  label: lineText(limits.nameCharacters).optional(),
  key: keySchema.pipe(z.string().min(1)),
});

/** A member's own key, and the host that it was meant for: it goes nowhere else. */
export const memberKeySchema = z.strictObject({
  key: keySchema.pipe(z.string().min(1)),
  host: z.string().max(300).optional(),
});
export type MemberKey = z.infer<typeof memberKeySchema>;

export const providerKeyPatchSchema = z
  .strictObject({
    label: lineText(limits.nameCharacters),
    isEnabled: z.boolean(),
    /** Puts a key that was set aside back into use. */
    isAside: z.literal(false),
  })
  .partial();

/** A provider that takes members' own keys, or still keeps the member's, as the member sees it. */
export const memberProviderSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(providerKinds),
  /** The host that the key goes to. */
  host: z.string(),
  /** Whether the instance pays where the member has no key. */
  hasSharedKey: z.boolean(),
  /** false: it took a key, and takes none any more; the stored one is not used. */
  takesKeys: z.boolean(),
  key: providerKeySchema.nullable(),
});
export type MemberProvider = z.infer<typeof memberProviderSchema>;

/** A provider as an admin sees it. Its key never leaves the server, nor any part of it. */
export const providerSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(providerKinds),
  baseUrl: z.string(),
  apiVersion: z.string().nullable(),
  hasKey: z.boolean(),
  /** The instance's keys, oldest first, without the one of the environment. */
  keys: z.array(providerKeySchema),
  allowsMemberKeys: z.boolean(),
  callSettings: providerCallSettingsSchema,
  source: z.enum(["admin", "environment", "demo"]),
  isEnabled: z.boolean(),
});
export type Provider = z.infer<typeof providerSchema>;

export const priceSchema = z.object({
  currency: currencySchema,
  /** Micro-units of the currency for a million tokens. */
  inputMicros: z.number().int(),
  outputMicros: z.number().int(),
});
export type ModelPrice = z.infer<typeof priceSchema>;

/** An alias that a member may pick, with what the first of its models can do. */
export const modelOptionSchema = z.object({
  /** The alias. */
  id: z.string(),
  label: z.string(),
  description: z.string(),
  /** Of the first model that would answer. */
  providerName: z.string(),
  modelLabel: z.string(),
  /** How many models stand behind it. */
  targetCount: z.number().int(),
  isDefault: z.boolean(),
  isDemo: z.boolean(),
  contextWindow: z.number().int().nullable(),
  maxOutputTokens: z.number().int().nullable(),
  /** As its dialect and its card have it; vision where any of its models sees, as that one is asked. */
  capabilities: capabilityCardSchema.shape.capabilities,
  parameters: capabilityCardSchema.shape.parameters,
  reasoningEfforts: z.array(z.enum(reasoningEfforts)).nullable(),
  /** Whether it thinks without being told to, and what it sets itself meanwhile; null: it doesn't. */
  thinking: z
    .object({
      isUnasked: z.boolean(),
      fixes: z.array(z.enum(parameterNames as [ParameterName, ...ParameterName[]])),
    })
    .nullable(),
  price: priceSchema.nullable(),
  /** It answers only who has a key of their own. */
  needsOwnKey: z.boolean(),
});
export type ModelOption = z.infer<typeof modelOptionSchema>;

/** A model as an admin sees it. */
export const modelSchema = z.object({
  id: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  isDemo: z.boolean(),
  name: z.string(),
  label: z.string(),
  contextWindow: z.number().int().nullable(),
  maxOutputTokens: z.number().int().nullable(),
  card: capabilityCardSchema,
  price: priceSchema.nullable(),
  diagnosis: diagnosisSchema.nullable(),
  /** How well its tokens can be counted, and from how many reports of it that was learned. */
  counting: z.object({
    surety: z.enum(countSureties),
    reports: z.number().int(),
    /** The window that its provider named when it refused a prompt. */
    window: z.number().int().nullable(),
  }),
  isEnabled: z.boolean(),
});
export type Model = z.infer<typeof modelSchema>;

export const modelPatchSchema = z
  .strictObject({
    label: lineText(limits.nameCharacters),
    contextWindow: z.number().int().min(1).max(100_000_000).nullable(),
    maxOutputTokens: z.number().int().min(1).max(100_000_000).nullable(),
    /** Facts to set by hand; each becomes fixed. */
    card: capabilityCardSchema
      .pick({
        capabilities: true,
        parameters: true,
        outputLimitField: true,
        reasoningField: true,
        reasoningBack: true,
        reasoningEfforts: true,
        systemRole: true,
      })
      .partial(),
    /**
     * Facts that were set by hand and go back to what is known of the model: paths such as
     * `parameters.seed`, and `contextWindow`, `maxOutputTokens`.
     */
    unfix: z.array(z.string().max(60)).max(50),
    /** What it costs from now on; null: from now on unknown. See priceCreateSchema for more. */
    price: priceSchema
      .extend({ inputMicros: priceMicrosSchema, outputMicros: priceMicrosSchema })
      .nullable(),
    isEnabled: z.boolean(),
  })
  .partial();
export type ModelPatch = z.infer<typeof modelPatchSchema>;

export const modelCreateSchema = z.strictObject({ providerId: idSchema, name: lineText(200) });

/** A provider that was found without asking: in the environment or on this machine. */
export const foundProviderSchema = z.object({
  kind: connectableKindSchema,
  name: z.string(),
  baseUrl: z.string(),
  models: z.array(z.string()),
  source: z.enum(["environment", "local"]),
  /** The provider of the environment is stored already, under this id. */
  providerId: z.string().nullable(),
});
export type FoundProvider = z.infer<typeof foundProviderSchema>;
