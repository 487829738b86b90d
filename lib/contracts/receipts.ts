import * as z from "zod";
import { errorCodeSchema } from "./errors";
import { amountSchema, callKindSchema, payers, priceVersionSchema } from "./usage";

/** One request on a receipt. */
export const receiptRequestSchema = z.object({
  number: z.number().int(),
  provider: z.string(),
  model: z.string(),
  payer: z.enum(payers),
  outcome: z.enum(["answered", "failed", "aborted"]),
  errorCode: errorCodeSchema.nullable(),
  /** Null: the provider refused it, and it used nothing. */
  source: z.enum(["reported", "estimated"]).nullable(),
  inputTokens: z.number().int(),
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
  reasoningTokens: z.number().int(),
  /** What the model cost then; null: unknown, and so is the cost. */
  price: priceVersionSchema.nullable(),
  cost: amountSchema.nullable(),
  durationMs: z.number().int(),
});
export type ReceiptRequest = z.infer<typeof receiptRequestSchema>;

/** One call of the gate: the answer itself, or one that it caused. */
export const receiptCallSchema = z.object({
  kind: callKindSchema,
  at: z.iso.datetime({ offset: true }),
  /** How many answers were asked for by this call; 1 for one of its own. */
  sharedBy: z.number().int(),
  requests: z.array(receiptRequestSchema),
});
export type ReceiptCall = z.infer<typeof receiptCallSchema>;

/** What several requests used together. */
export const usageTotalsSchema = z.object({
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** One for each currency. */
  costs: z.array(amountSchema),
  /** Requests of unknown price, which the costs do not include. */
  unpriced: z.number().int(),
  isEstimated: z.boolean(),
});
export type UsageTotals = z.infer<typeof usageTotalsSchema>;

/** What GET /api/messages/:id/receipt answers with. */
export const receiptSchema = z.object({
  calls: z.array(receiptCallSchema),
  totals: usageTotalsSchema,
  /** It is still being written, or its books are not closed yet. */
  isOpen: z.boolean(),
});
export type Receipt = z.infer<typeof receiptSchema>;
