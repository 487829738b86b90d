import { inUnits, type ShippedPrice } from "../shipped-price";

const source = {
  name: "阿里云百炼",
  url: "https://help.aliyun.com/zh/model-studio/model-pricing",
  seenOn: "2026-05-01",
};

/** Of the region Beijing. Where prices rise with the prompt, the highest one is taken. */
export const dashScopePrices: readonly ShippedPrice[] = [
  {
    names: ["qwen3-max"],
    preset: {
      amounts: inUnits("CNY", { input: 7, output: 28 }),
      source,
      caveats: ["short_prompts"],
    },
  },
  {
    names: ["qwen-max"],
    preset: { amounts: inUnits("CNY", { input: 2.4, output: 9.6 }), source, caveats: [] },
  },
];
