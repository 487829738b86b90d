import * as z from "zod";

export const currencies = ["CNY", "USD"] as const;
export const currencySchema = z.enum(currencies);
export type Currency = z.infer<typeof currencySchema>;

/** What a call of the gate was for. `diagnosis` is an admin's test of a model. */
export const callKinds = ["answer", "continuation", "summary", "diagnosis"] as const;
export const callKindSchema = z.enum(callKinds);
export type CallKind = z.infer<typeof callKindSchema>;

/** Who pays a request: the team, or a member with a key of their own. */
export const payers = ["team", "member"] as const;
export type Payer = (typeof payers)[number];

/** What a model costs from a moment on, in micro-units of the currency for a million tokens. */
export const priceVersionSchema = z.object({
  id: z.string(),
  currency: currencySchema,
  inputMicros: z.number().int(),
  /** Of input that the provider had in its cache; null: as other input. */
  cachedInputMicros: z.number().int().nullable(),
  outputMicros: z.number().int(),
  /** Of tokens spent on reasoning; null: as other output. */
  reasoningMicros: z.number().int().nullable(),
  validFrom: z.iso.datetime({ offset: true }),
});
export type PriceVersion = z.infer<typeof priceVersionSchema>;

/** An amount in micro-units of a currency. */
export const amountSchema = z.object({ currency: currencySchema, micros: z.number().int() });
export type Amount = z.infer<typeof amountSchema>;
