import { describe, expect, it } from "vitest";
import { convert, findDecimals, formatAmount, formatExactly, formatShortAmount } from "./money";

const cny = (micros: number) => ({ currency: "CNY", micros }) as const;
const usd = (micros: number) => ({ currency: "USD", micros }) as const;

describe("an amount", () => {
  it("has cents from one on, and every micro-unit below", () => {
    expect(formatAmount("en", cny(1_234_567_891))).toBe("¥1,234.57");
    expect(formatAmount("en", usd(12_340))).toBe("$0.01234");
    expect(formatAmount("en", usd(7))).toBe("$0.000007");
    expect(formatAmount("en", cny(0))).toBe("¥0.00");
  });

  it("is written as both languages do, each with the sign of its currency", () => {
    expect(formatAmount("zh-CN", cny(2_500_000))).toBe("¥2.50");
    expect(formatAmount("zh-CN", usd(2_500_000))).toBe("$2.50");
    expect(formatAmount("en", usd(-2_500_000))).toBe("-$2.50");
  });

  it("stands in line with others where the decimals are given", () => {
    expect(formatAmount("en", cny(1_000_000), 4)).toBe("¥1.0000");
    expect(formatExactly("en", cny(1_234_567_891))).toBe("¥1,234.567891");
    expect([99_999_999, 100_000_000, 999_999, 0].map(findDecimals)).toEqual([4, 2, 6, 6]);
  });

  it("is short beside a plot", () => {
    expect(formatShortAmount("en", cny(12_000_000_000))).toBe("¥12K");
    expect(formatShortAmount("zh-CN", cny(12_000_000_000))).toBe("¥1.2万");
    expect(formatShortAmount("en", usd(2_500_000))).toBe("$2.5");
    expect(formatShortAmount("en", usd(2_500))).toBe("$0.0025");
  });
});

describe("amounts of both currencies", () => {
  it("are one amount only at a rate that somebody has set", () => {
    expect(convert([cny(1_000_000), usd(1_000_000)], "CNY", null)).toBeNull();
    expect(convert([cny(1_000_000), usd(1_000_000)], "CNY", 7_200_000)).toEqual(cny(8_200_000));
    expect(convert([cny(7_200_000), usd(1_000_000)], "USD", 7_200_000)).toEqual(usd(2_000_000));
  });

  it("need no conversion where there is nothing of the other one", () => {
    expect(convert([cny(5)], "CNY", 7_200_000)).toBeNull();
    expect(convert([], "CNY", 7_200_000)).toBeNull();
    expect(convert([usd(1_000_000)], "CNY", 7_200_000)).toEqual(cny(7_200_000));
  });

  it("are rounded half up, exactly, also where they are large", () => {
    expect(convert([usd(1)], "CNY", 7_500_000)).toEqual(cny(8));
    expect(convert([usd(1)], "CNY", 7_499_999)).toEqual(cny(7));
    expect(convert([usd(900_000_000_000_001)], "CNY", 7_000_001)).toEqual(
      cny(6_300_000_900_000_007),
    );
  });
});
