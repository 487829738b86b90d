import { expect, it } from "vitest";
import { boundTarget } from "../ledger/estimate";
import { findRefusingBudgets } from "./find-refusing";

const yuan = { name: "Yuan", unit: "CNY", isHard: true, isEnabled: true, allowsUnpriced: false };
const budgets = [
  yuan,
  { ...yuan, name: "Dollars", unit: "USD" },
  { ...yuan, name: "Tokens", unit: "tokens" },
  { ...yuan, name: "Soft", isHard: false },
  { ...yuan, name: "Off", isEnabled: false },
  { ...yuan, name: "Lenient", allowsUnpriced: true },
] as Parameters<typeof findRefusingBudgets>[1];

const free = {
  currency: "CNY" as const,
  inputMicros: 0,
  cachedInputMicros: null,
  outputMicros: 0,
  reasoningMicros: null,
};

it.each([
  ["an unknown price", null, false, ["Yuan", "Dollars"]],
  ["an unknown price, whatever the rate", null, true, ["Yuan", "Dollars"]],
  ["one in yuan", { ...free, inputMicros: 1 }, false, ["Dollars"]],
  ["one in yuan that can be converted", { ...free, inputMicros: 1 }, true, []],
  ["one of reasoning alone", { ...free, reasoningMicros: 1 }, false, ["Dollars"]],
  ["nothing", free, false, []],
])("budgets in money refuse %s", (_, price, hasRate, refusing) => {
  expect(findRefusingBudgets(price, budgets, hasRate)).toEqual(refusing);
});

it.each([null, free, { ...free, inputMicros: 1 }, { ...free, cachedInputMicros: 7 }])(
  "refuses what the bounds of a call do not know: %j",
  (price) => {
    for (const rateMicros of [null, 7_100_000]) {
      const target = { inputTokens: 1, mostOutputTokens: 1, answers: 1, price };
      const bounds = boundTarget({ ...target, payer: "team" }, rateMicros);
      const unknown = [bounds.CNY === null ? "Yuan" : [], bounds.USD === null ? "Dollars" : []];
      expect(findRefusingBudgets(price, budgets, rateMicros !== null)).toEqual(unknown.flat());
    }
  },
);
