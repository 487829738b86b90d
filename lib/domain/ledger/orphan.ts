import type { Payer, PriceVersion } from "@/lib/contracts/usage";

/** The model that a call asks first: what is booked should the process that asks die. */
export type OrphanFacts = {
  providerId: string;
  providerName: string;
  modelId: string;
  modelName: string;
  payer: Payer;
  price: PriceVersion | null;
  inputTokens: number;
};
