import type { CapabilityCard } from "@/lib/contracts/cards";

/** Where facts were read, and when. */
export type FactSource = { url: string; checkedAt: string };

export type ModelFacts = Partial<
  Omit<CapabilityCard, "source" | "sourceUrl" | "checkedAt" | "fixed">
>;

/** Models of one name, or of names that begin alike, and what is documented of them. */
export type ModelFamily = {
  /** On the model's id in lower case. */
  pattern: RegExp;
  /** How one model is called; a family of several keeps their ids. */
  label?: string;
  contextWindow?: number;
  maxOutputTokens?: number;
  facts: ModelFacts;
  source: FactSource;
};

/** Two sets of facts as one; the second overrules. */
export function mergeFacts(one: ModelFacts, other: ModelFacts): ModelFacts {
  return {
    ...one,
    ...other,
    capabilities: { ...one.capabilities, ...other.capabilities },
    parameters: { ...one.parameters, ...other.parameters },
  };
}
