import type { PriceAmounts, PriceChange } from "@/lib/contracts/prices";
import { priceMicrosSchema } from "@/lib/contracts/prices";
import type { Currency } from "@/lib/contracts/usage";
import { readMicros, writeMicros } from "./money";

export const amountNames = ["input", "cached", "output", "reasoning"] as const;
export type AmountName = (typeof amountNames)[number];

/** A price as it is typed. */
export type PriceDraft = Record<AmountName, string> & {
  currency: Currency;
  source: string;
  /** Empty: from now on. */
  day: string;
};

export type PriceProblem = "amount" | "half" | "day";

/** The form of what a model costs now; the source is that of the next price, not of this one. */
export function toDraft(amounts: PriceAmounts | null): PriceDraft {
  const write = (micros: number | null | undefined) => (micros == null ? "" : writeMicros(micros));
  return {
    currency: amounts?.currency ?? "CNY",
    input: write(amounts?.inputMicros),
    cached: write(amounts?.cachedInputMicros),
    output: write(amounts?.outputMicros),
    reasoning: write(amounts?.reasoningMicros),
    source: "",
    day: "",
  };
}

type ReadPrice = { price: PriceChange } | { problem: PriceProblem };

/**
 * What was typed, as the API takes it; all amounts empty make the price unknown.
 *
 * @param today in the team's time zone: the day of a price comes later.
 */
export function readDraft(draft: PriceDraft, today: string, isDayChosen: boolean): ReadPrice {
  if (isDayChosen && !(draft.day > today)) return { problem: "day" };
  const source = draft.source.trim();
  const rest = {
    ...(source === "" ? {} : { source }),
    ...(isDayChosen ? { validFrom: draft.day } : {}),
  };
  const typed = amountNames.filter((name) => draft[name].trim() !== "");
  if (typed.length === 0) return { price: { currency: null, ...rest } };
  const amounts = Object.fromEntries(typed.map((name) => [name, readMicros(draft[name])]));
  if (Object.values(amounts).some((micros) => !priceMicrosSchema.safeParse(micros).success))
    return { problem: "amount" };
  const { input, cached = null, output, reasoning = null } = amounts;
  if (input === undefined || output === undefined) return { problem: "half" };
  return {
    price: {
      currency: draft.currency,
      inputMicros: input,
      cachedInputMicros: cached,
      outputMicros: output,
      reasoningMicros: reasoning,
      ...rest,
    },
  };
}
