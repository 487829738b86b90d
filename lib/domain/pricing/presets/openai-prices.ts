import { inUnits, type ShippedPrice } from "../shipped-price";

const page = "https://developers.openai.com/api/docs";
const source = (path: string, seenOn: string) => ({
  name: "OpenAI",
  url: `${page}/${path}`,
  seenOn,
});
const usd = (input: number, cached: number, output: number) =>
  inUnits("USD", { input, cached, output });

/** The standard tier; batch, flex and priority cost otherwise. */
export const openAiPrices: readonly ShippedPrice[] = [
  {
    names: ["gpt-6.1-sol"],
    preset: {
      amounts: usd(2, 0.1, 10),
      source: source("models/gpt-6.1-sol", "2026-09-30"),
      caveats: ["long_prompts"],
    },
  },
  {
    names: ["gpt-5.6-terra"],
    preset: {
      amounts: usd(2, 0.2, 12),
      source: source("models/gpt-5.6-terra", "2026-11-22"),
      caveats: ["long_prompts", "cache_writes"],
    },
  },
  {
    names: ["gpt-5.6-luna"],
    preset: {
      amounts: usd(0.2, 0.02, 1.2),
      source: source("models/gpt-5.6-luna", "2026-11-22"),
      caveats: ["long_prompts", "cache_writes"],
    },
  },
  {
    names: ["gpt-5.5"],
    preset: {
      amounts: usd(5, 0.5, 30),
      source: source("pricing", "2026-05-04"),
      caveats: ["long_prompts"],
    },
  },
  {
    names: ["gpt-5.4"],
    preset: {
      amounts: usd(2.5, 0.25, 15),
      source: source("pricing", "2026-05-04"),
      caveats: ["long_prompts"],
    },
  },
  {
    names: ["gpt-5.4-mini"],
    preset: {
      amounts: usd(0.75, 0.075, 4.5),
      source: source("pricing", "2026-05-04"),
      caveats: [],
    },
  },
  {
    names: ["gpt-5.4-nano"],
    preset: { amounts: usd(0.2, 0.02, 1.25), source: source("pricing", "2026-05-04"), caveats: [] },
  },
  {
    // gpt-4o-2024-05-13 costs more and is no part of it.
    names: ["gpt-4o", "gpt-4o-2024-08-06", "gpt-4o-2024-11-20"],
    preset: { amounts: usd(2.5, 1.25, 10), source: source("pricing", "2026-05-27"), caveats: [] },
  },
  {
    names: ["gpt-4o-mini", "gpt-4o-mini-2024-07-18"],
    preset: {
      amounts: usd(0.15, 0.075, 0.6),
      source: source("pricing", "2026-05-27"),
      caveats: [],
    },
  },
];
