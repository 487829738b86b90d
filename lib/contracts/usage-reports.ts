import * as z from "zod";
import { idSchema } from "./ids";
import { errorCodeSchema } from "./errors";
import { amountSchema, callKindSchema, payers } from "./usage";

/**
 * What the rows of a report stand for; `conversation` only of one's own. `key` is an API key, and
 * `payer` tells what the team pays from what members pay by keys of their own.
 */
export const usageGroupings = [
  "day",
  "hour",
  "model",
  "provider",
  "user",
  "group",
  "key",
  "payer",
  "kind",
  "error",
  "conversation",
] as const;
export type UsageGrouping = (typeof usageGroupings)[number];

/** A day of the team's time zone. */
export const daySchema = z.iso.date();

/** What of the ledger a report is about. Days count both ends in. */
export const usageFilterSchema = z.strictObject({
  from: daySchema.optional(),
  to: daySchema.optional(),
  userId: idSchema.optional(),
  groupId: idSchema.optional(),
  modelId: idSchema.optional(),
  providerId: idSchema.optional(),
  keyId: idSchema.optional(),
  kind: callKindSchema.optional(),
  paidBy: z.enum(payers).optional(),
});
export type UsageFilter = z.infer<typeof usageFilterSchema>;

/** The query of GET /api/usage: the last 30 days unless said. */
export const usageQuerySchema = usageFilterSchema.extend({
  groupBy: z.enum(usageGroupings).default("day"),
  /** Everybody's is for admins, and what they get unless they say `own`. */
  scope: z.enum(["own", "all"]).optional(),
  format: z.enum(["json", "csv"]).default("json"),
});
export type UsageQuery = z.infer<typeof usageQuerySchema>;

/** Sums over some requests. Tokens and micro-units are exact. */
export const usageSumsSchema = z.object({
  /** Each once, where it ended: after a failover by model, at the one that answered. */
  calls: z.number().int(),
  attempts: z.number().int(),
  /** Attempts that ended with an error. */
  failed: z.number().int(),
  /** Attempts whose usage was estimated, and those of unknown price, which no cost includes. */
  estimated: z.number().int(),
  unpriced: z.number().int(),
  inputTokens: z.number().int(),
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
  reasoningTokens: z.number().int(),
  /** One for each currency in which something was paid, CNY first. */
  costs: z.array(amountSchema),
  /** Averages; null where nothing was timed. */
  firstTokenMs: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
});
export type UsageSums = z.infer<typeof usageSumsSchema>;

export const usageRowSchema = z.object({
  /** A day, an hour (ISO), an id, a payer, a kind or an error code; empty for none. */
  key: z.string(),
  /** What it is called; null where that is not known any more, or the key speaks for itself. */
  label: z.string().nullable(),
  sums: usageSumsSchema,
});
export type UsageRow = z.infer<typeof usageRowSchema>;

/** What GET /api/usage answers with. Rows add up to the totals, but for `group` (one may be in many). */
export const usageReportSchema = z.object({
  from: daySchema,
  to: daySchema,
  timeZone: z.string(),
  groupBy: z.enum(usageGroupings),
  rows: z.array(usageRowSchema),
  totals: usageSumsSchema,
  /** Micro-units of CNY for a USD, as an admin has set it; null: none is set. */
  cnyPerUsdMicros: z.number().int().nullable(),
});
export type UsageReport = z.infer<typeof usageReportSchema>;

/** What GET /api/admin/dashboard answers with, of the filter's days unless said. */
export const dashboardSchema = z.object({
  from: daySchema,
  to: daySchema,
  timeZone: z.string(),
  cnyPerUsdMicros: z.number().int().nullable(),
  totals: usageSumsSchema,
  /** Of as many days before. */
  before: usageSumsSchema,
  /** What this month will have cost if it goes on like its last days; with what it has cost so far. */
  forecast: z.object({
    month: z.string(),
    soFar: z.array(amountSchema),
    expected: z.array(amountSchema),
    /** How many days it was reckoned from. */
    days: z.number().int(),
  }),
  /** Those with errors, worst first. */
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      attempts: z.number().int(),
      failed: z.number().int(),
      errors: z.array(z.object({ code: errorCodeSchema, count: z.number().int() })),
      /** It rests after many failures just now, or has no key of use. */
      isFailing: z.boolean(),
    }),
  ),
  tokensPerCall: z.object({ average: z.number().nullable(), threshold: z.number().int() }),
});
export type Dashboard = z.infer<typeof dashboardSchema>;

/** The query of GET /api/admin/dashboard/compare: the same traffic on another model. */
export const compareQuerySchema = usageFilterSchema.extend({ onModelId: idSchema });
export const compareSchema = z.object({
  model: z.object({ id: z.string(), label: z.string() }),
  actual: z.array(amountSchema),
  /** At that model's price of today; null where it is unknown. */
  compared: amountSchema.nullable(),
  /** Attempts of unknown price, which `actual` does not include. */
  unpriced: z.number().int(),
});
export type CompareResult = z.infer<typeof compareSchema>;
