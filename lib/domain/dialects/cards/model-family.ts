import type { CapabilityCard } from "@/lib/contracts/cards";

/** Where facts were read, and when. */
export type FactSource = { url: string; checkedAt: string };

/** Models of one name, or of names that begin alike, and what is documented of them. */
export type ModelFamily = {
  /** On the model's id in lower case. */
  pattern: RegExp;
  /** How one model is called; a family of several keeps their ids. */
  label?: string;
  contextWindow?: number;
  maxOutputTokens?: number;
  facts: Partial<Omit<CapabilityCard, "source" | "sourceUrl" | "checkedAt" | "fixed">>;
  source: FactSource;
};
