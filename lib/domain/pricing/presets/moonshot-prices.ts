import { inUnits, type ShippedPrice } from "../shipped-price";

/** Of api.moonshot.ai; the mainland's platform sells in yuan at prices of its own. */
export const moonshotPrices: readonly ShippedPrice[] = [
  {
    names: ["kimi-k3"],
    preset: {
      amounts: inUnits("USD", { input: 3, cached: 0.3, output: 15 }),
      source: {
        name: "Moonshot AI",
        url: "https://platform.kimi.ai/docs/pricing/chat-k3",
        seenOn: "2026-07-18",
      },
      caveats: [],
    },
  },
];
