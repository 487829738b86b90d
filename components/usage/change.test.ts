import { describe, expect, it } from "vitest";
import { findChange, formatChange, formatShare } from "./change";

describe("a change to the time before", () => {
  it("is a share of what was before", () => {
    expect(findChange(150, 100)).toBe(0.5);
    expect(findChange(0, 100)).toBe(-1);
    expect(findChange(100, 100)).toBe(0);
  });

  it("is not said where there was nothing, or one of them is unknown", () => {
    expect(findChange(100, 0)).toBeNull();
    expect(findChange(null, 100)).toBeNull();
    expect(findChange(100, null)).toBeNull();
  });

  it("has its sign, and is said in times where it is large", () => {
    expect(formatChange("en", 0.1234)).toBe("+12%");
    expect(formatChange("zh-CN", -0.5)).toBe("-50%");
    expect(formatChange("en", 0.0123)).toBe("+1.2%");
    expect(formatChange("en", 0)).toBe("0%");
    expect(formatChange("en", 24)).toBe("×25");
  });
});

describe("a share", () => {
  it("of something is never written as nothing", () => {
    expect(formatShare("en", 0)).toBe("0%");
    expect(formatShare("en", 0.00001)).toBe("0.01%");
    expect(formatShare("en", 0.0042)).toBe("0.4%");
    expect(formatShare("zh-CN", 0.1234)).toBe("12.3%");
  });
});
