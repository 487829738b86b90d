import type { PricePreset } from "@/lib/contracts/prices";
import type { ProviderKind } from "@/lib/contracts/providers";
import { dashScopePrices } from "./presets/dashscope-prices";
import { deepSeekPrices } from "./presets/deepseek-prices";
import { moonshotPrices } from "./presets/moonshot-prices";
import { openAiPrices } from "./presets/openai-prices";
import type { Seller, ShippedPrice } from "./shipped-price";

const prices: Record<Seller, readonly ShippedPrice[]> = {
  openai: openAiPrices,
  deepseek: deepSeekPrices,
  dashscope: dashScopePrices,
  moonshot: moonshotPrices,
};

/** null: sells what others sell, too, at prices of its own, and none of them ships. */
const sellersByHost = new Map<string, Seller | null>([
  ["api.openai.com", "openai"],
  ["api.deepseek.com", "deepseek"],
  ["dashscope.aliyuncs.com", "dashscope"],
  ["dashscope-intl.aliyuncs.com", null],
  ["dashscope-us.aliyuncs.com", null],
  ["cn-hongkong.dashscope.aliyuncs.com", null],
  ["api.moonshot.ai", "moonshot"],
]);

// Where the host is somebody's proxy, the dialect that an admin chose says who is behind it.
const sellersByKind: Partial<Record<ProviderKind, Seller>> = {
  openai: "openai",
  deepseek: "deepseek",
  dashscope: "dashscope",
};

/**
 * The prices that ship for a model of a provider: only where the seller and the whole name are
 * known, never for a name that merely looks alike. For people to take over, not to be applied.
 */
export function findPricePresets(
  provider: { kind: ProviderKind; baseUrl: string },
  modelName: string,
): PricePreset[] {
  const seller = findSeller(provider);
  if (seller === null) return [];
  const name = modelName.trim().toLowerCase();
  return prices[seller].filter(({ names }) => names.includes(name)).map(({ preset }) => preset);
}

function findSeller({ kind, baseUrl }: { kind: ProviderKind; baseUrl: string }): Seller | null {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : "";
  const known = sellersByHost.get(host);
  return known === undefined ? (sellersByKind[kind] ?? null) : known;
}

/** Every price that ships. */
export const shippedPrices: readonly ShippedPrice[] = Object.values(prices).flat();
