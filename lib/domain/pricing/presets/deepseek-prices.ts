import { inUnits, type ShippedPrice } from "../shipped-price";

// Peak prices, so that nothing turns out dearer than booked: off-peak (all but weekdays 9-12 and
// 14-18 o'clock in Beijing) it is half. The account is charged in the currency it is topped up in.
const page = "https://api-docs.deepseek.com";
const zh = { name: "DeepSeek", url: `${page}/zh-cn/quick_start/pricing`, seenOn: "2026-10-17" };
const en = { name: "DeepSeek", url: `${page}/quick_start/pricing`, seenOn: "2026-10-17" };

// The older names are answered by the newer model and cost what it costs.
const flash = ["deepseek-flash", "deepseek-v4-flash", "deepseek-v4-flash-vision-exp"];
const pro = ["deepseek-v4-pro"];

export const deepSeekPrices: readonly ShippedPrice[] = [
  {
    names: flash,
    preset: {
      amounts: inUnits("CNY", { input: 2, cached: 0.04, output: 8 }),
      source: zh,
      caveats: ["off_peak"],
    },
  },
  {
    names: flash,
    preset: {
      amounts: inUnits("USD", { input: 0.3, cached: 0.006, output: 1.2 }),
      source: en,
      caveats: ["off_peak"],
    },
  },
  {
    names: pro,
    preset: {
      amounts: inUnits("CNY", { input: 9, cached: 0.3, output: 27 }),
      source: zh,
      caveats: ["off_peak"],
    },
  },
  {
    names: pro,
    preset: {
      amounts: inUnits("USD", { input: 1.32, cached: 0.044, output: 3.96 }),
      source: en,
      caveats: ["off_peak"],
    },
  },
];
