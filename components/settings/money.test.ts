import { expect, it } from "vitest";
import { readMicros, writeMicros } from "./money";

it.each([
  ["2", 2_000_000],
  ["2.5", 2_500_000],
  ["0.07", 70_000],
  ["0,27", 270_000],
  ["0,270", 270_000],
  ["20,000,000", 20_000_000_000_000],
  ["¥ 0.000001", 1],
  ["1,250.50", 1_250_500_000],
  ["１２．５", 12_500_000],
  ["0", 0],
])("reads %j", (text, micros) => {
  expect(readMicros(text)).toBe(micros);
});

it.each(["", ".", "-1", "1e3", "2.5.1", "1.0000001", "9999999999", "two", "1,25,0"])(
  "takes %j for no amount",
  (text) => {
    expect(readMicros(text)).toBeNaN();
  },
);

it("writes an amount as one types it", () => {
  expect([0, 1, 70_000, 2_500_000, 1_250_500_000].map(writeMicros)).toEqual([
    "0.00",
    "0.000001",
    "0.07",
    "2.50",
    "1250.50",
  ]);
});
