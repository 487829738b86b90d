import { callApi } from "@/lib/client/api";
import {
  pricedModelsSchema,
  priceVersionsSchema,
  type PriceCreate,
  type PricedModel,
  type PriceEntry,
} from "@/lib/contracts/prices";

/** All versions of a model's price, the newest first. */
export async function readPriceVersions(modelId: string): Promise<PriceEntry[]> {
  const query = new URLSearchParams({ modelId });
  const schema = priceVersionsSchema;
  return (await callApi("GET", `/api/admin/prices?${query.toString()}`, { schema })).versions;
}

/** Adds a version; all of them, the newest first. */
export async function createPrice(body: PriceCreate): Promise<PriceEntry[]> {
  const schema = priceVersionsSchema;
  return (await callApi("POST", "/api/admin/prices", { body, schema })).versions;
}

export function withdrawPrice(id: string): Promise<undefined> {
  return callApi("DELETE", `/api/admin/prices/${id}`);
}

/** Every model with what it costs and what is suggested. */
export async function readModelPrices(): Promise<PricedModel[]> {
  const schema = pricedModelsSchema;
  return (await callApi("GET", "/api/admin/prices/presets", { schema })).models;
}
