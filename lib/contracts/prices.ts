import * as z from "zod";
import { idSchema } from "./ids";
import { lineText } from "./text";
import { currencySchema } from "./usage";

/** A million units of the currency for a million tokens; nobody asks for more. */
const mostPriceMicros = 1_000_000_000_000;

/** What may be set, in micro-units for a million tokens. */
export const priceMicrosSchema = z.number().int().min(0).max(mostPriceMicros);

/** Micro-units of the currency for a million tokens. */
export const priceAmountsSchema = z.object({
  currency: currencySchema,
  inputMicros: z.number().int(),
  /** Of input that the provider had in its cache; null: as other input. */
  cachedInputMicros: z.number().int().nullable(),
  outputMicros: z.number().int(),
  /** Of tokens spent on reasoning; null: as other output. */
  reasoningMicros: z.number().int().nullable(),
});
export type PriceAmounts = z.infer<typeof priceAmountsSchema>;

const priceCreateFields = {
  modelId: idSchema,
  /** Where it was taken from, in words or as an address. */
  source: lineText(500).nullish(),
  /** A day to come, from its midnight in the team's time zone on; left out: from now on. */
  validFrom: z.iso.date().nullish(),
};

/** A new version of a price. The one before ends where it begins. */
export const priceCreateSchema = z.discriminatedUnion("currency", [
  z.strictObject({
    ...priceCreateFields,
    currency: currencySchema,
    inputMicros: priceMicrosSchema,
    cachedInputMicros: priceMicrosSchema.nullish(),
    outputMicros: priceMicrosSchema,
    reasoningMicros: priceMicrosSchema.nullish(),
  }),
  /** From then on the price is unknown. */
  z.strictObject({ ...priceCreateFields, currency: z.null() }),
]);
export type PriceCreate = z.input<typeof priceCreateSchema>;

type WithoutModel<Price> = Price extends unknown ? Omit<Price, "modelId"> : never;
export type PriceChange = WithoutModel<PriceCreate>;

export const priceStates = ["past", "current", "future"] as const;

/** A version of a model's price. */
export const priceEntrySchema = z.object({
  id: z.string(),
  /** null: unknown from then on. */
  amounts: priceAmountsSchema.nullable(),
  source: z.string().nullable(),
  validFrom: z.iso.datetime({ offset: true }),
  /** When the next one begins; null: no other is known. */
  validUntil: z.iso.datetime({ offset: true }).nullable(),
  state: z.enum(priceStates),
});
export type PriceEntry = z.infer<typeof priceEntrySchema>;

/** What GET /api/admin/prices?modelId= answers with: all versions, the newest first. */
export const priceVersionsSchema = z.object({ versions: z.array(priceEntrySchema) });

export const pricesQuerySchema = z.object({ modelId: idSchema });

/**
 * `long_prompts`: those cost more, so do `cache_writes`; `off_peak`: at some hours it costs less;
 * `short_prompts`: the price is that of the longest prompts, shorter ones cost less.
 */
export const priceCaveats = ["long_prompts", "short_prompts", "cache_writes", "off_peak"] as const;

/** A price that ships with Parley: only ever suggested, never applied by itself. */
export const pricePresetSchema = z.object({
  amounts: priceAmountsSchema,
  /** The page that says so, and the day it was read. */
  source: z.object({ name: z.string(), url: z.url(), seenOn: z.iso.date() }),
  /** What the page says beside it, and a plain price can't hold. */
  caveats: z.array(z.enum(priceCaveats)),
});
export type PricePreset = z.infer<typeof pricePresetSchema>;

/** A model with what it costs now, as the list of prices shows it. */
export const pricedModelSchema = z.object({
  modelId: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  name: z.string(),
  label: z.string(),
  isEnabled: z.boolean(),
  isDemo: z.boolean(),
  /** null: unknown. */
  current: priceEntrySchema.nullable(),
  /** The next version that is set already. */
  next: priceEntrySchema.nullable(),
  presets: z.array(pricePresetSchema),
  /** Names of the hard money budgets that refuse this model at its price, or for want of one. */
  refusedBy: z.array(z.string()),
});
export type PricedModel = z.infer<typeof pricedModelSchema>;

/** What GET /api/admin/prices/presets answers with: every model, and what is suggested for it. */
export const pricedModelsSchema = z.object({ models: z.array(pricedModelSchema) });
