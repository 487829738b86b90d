import { describe, expect, it } from "vitest";
import { isComposing } from "./is-composing";

const enter = { isComposing: false, keyCode: 13, timeStamp: 1000 };

describe("Enter while an input method composes", () => {
  it("belongs to the input method when the browser says so", () => {
    expect(isComposing({ ...enter, isComposing: true }, null)).toBe(true);
  });

  it("belongs to it when only the old key code says so", () => {
    expect(isComposing({ ...enter, keyCode: 229 }, null)).toBe(true);
  });

  it("belongs to it when Safari reports the key just after the composition's end", () => {
    expect(isComposing(enter, 999.5)).toBe(true);
    expect(isComposing(enter, 1000)).toBe(true);
  });

  it("is the writer's own a moment later", () => {
    expect(isComposing(enter, 940)).toBe(false);
  });

  it("is the writer's own when nothing was composed", () => {
    expect(isComposing(enter, null)).toBe(false);
  });
});
