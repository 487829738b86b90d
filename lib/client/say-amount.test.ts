import { describe, expect, it } from "vitest";
import { sayAmount } from "./say-amount";

const yuan = (micros: number) => ({ currency: "CNY" as const, micros });

describe("an amount of money", () => {
  it("is exact to the micro-unit on a bill, with cents at least", () => {
    expect(sayAmount(yuan(2_600), "en", "exact")).toBe("¥0.0026");
    expect(sayAmount(yuan(1), "zh-CN", "exact")).toBe("¥0.000001");
    expect(sayAmount(yuan(1_234_567), "en", "exact")).toBe("¥1.234567");
    expect(sayAmount(yuan(2_000_000), "en", "exact")).toBe("¥2.00");
    expect(sayAmount({ currency: "USD", micros: 210 }, "zh-CN", "exact")).toBe("$0.00021");
  });

  it("is short on a line, and never nothing where it is something", () => {
    expect(sayAmount(yuan(2_612), "en", "brief")).toBe("¥0.00261");
    expect(sayAmount(yuan(1), "en", "brief")).toBe("¥0.000001");
    expect(sayAmount(yuan(12_345_678), "en", "brief")).toBe("¥12.35");
    expect(sayAmount(yuan(1_234_000_000), "en", "brief")).toBe("¥1,234.00");
    expect(sayAmount(yuan(500_000), "en", "brief")).toBe("¥0.50");
    expect(sayAmount(yuan(0), "en", "brief")).toBe("¥0.00");
  });
});
