import { describe, expect, it } from "vitest";
import { sayBudgetAmount } from "./say-budget-amount";

const dollars = (micros: number) => ({ currency: "USD" as const, micros });
const limit = 1_000_000_000;

describe("money of a budget", () => {
  it("is not whole any more where the least was used", () => {
    for (const used of [1, 4_460, 9_999])
      expect(sayBudgetAmount(dollars(limit - used), "en", "left")).toBe("$999.99");
    expect(sayBudgetAmount(dollars(limit), "en", "left")).toBe("$1,000.00");
  });

  it("is not all used before it is, and more as soon as it is", () => {
    expect(sayBudgetAmount(dollars(limit - 20_001), "zh-CN", "used")).toBe("$999.98");
    expect(sayBudgetAmount(dollars(limit + 1), "en", "used")).toBe("$1,000.01");
    expect(sayBudgetAmount(dollars(limit), "en", "used")).toBe("$1,000.00");
  });

  it("has three digits that say something where it is small, and the right ones", () => {
    expect(sayBudgetAmount(dollars(1_239), "en", "left")).toBe("$0.00123");
    expect(sayBudgetAmount(dollars(1_231), "en", "used")).toBe("$0.00124");
    expect(sayBudgetAmount(dollars(99_999), "en", "used")).toBe("$0.10");
    expect(sayBudgetAmount(dollars(0), "en", "left")).toBe("$0.00");
  });

  it("stays what it is where nothing is cut off", () => {
    for (let cents = 1; cents < 100_000; cents += 7) {
      const amount = dollars(cents * 10_000);
      const plain = `$${(cents / 100).toLocaleString("en", { minimumFractionDigits: 2 })}`;
      expect(sayBudgetAmount(amount, "en", "left")).toBe(plain);
      expect(sayBudgetAmount(amount, "en", "used")).toBe(plain);
    }
  });

  it("is said of a limit as it was set", () => {
    expect(sayBudgetAmount(dollars(1_234_567), "en", "limit")).toBe("$1.234567");
    expect(sayBudgetAmount(dollars(limit), "en", "limit")).toBe("$1,000.00");
  });
});
