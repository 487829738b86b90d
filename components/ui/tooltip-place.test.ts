import { describe, expect, it } from "vitest";
import { placeTooltip } from "./tooltip-place";

const page = { width: 1_000, height: 800 };
const tip = { width: 100, height: 20 };
const anchor = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 40 });

describe("the place of a tooltip", () => {
  it("is below the middle of what it belongs to", () => {
    expect(placeTooltip(anchor(500, 100), tip, page)).toEqual({ left: 470, top: 146 });
  });

  it("is above where there is no room below", () => {
    expect(placeTooltip(anchor(500, 750), tip, page)).toEqual({ left: 470, top: 724 });
  });

  it("stays on the page at its sides", () => {
    expect(placeTooltip(anchor(0, 100), tip, page).left).toBe(8);
    expect(placeTooltip(anchor(960, 100), tip, page).left).toBe(892);
  });
});
