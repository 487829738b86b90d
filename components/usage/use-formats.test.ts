import { describe, expect, it } from "vitest";
import { makeFormats } from "./use-formats";

const en = makeFormats("en");
const zh = makeFormats("zh-CN");

describe("figures in both languages", () => {
  it("count by thousands, and shorten by thousands or by ten thousands", () => {
    expect([en.count(1_234_567), zh.count(1_234_567)]).toEqual(["1,234,567", "1,234,567"]);
    expect([en.short(1_234_567), zh.short(1_234_567)]).toEqual(["1.2M", "123.5万"]);
    expect([en.seconds(640), zh.seconds(640)]).toEqual(["0.64 sec", "0.64秒"]);
  });

  it("name the same day wherever the reader is", () => {
    expect([en.day("2026-11-01"), zh.day("2026-11-01")]).toEqual(["Nov 1", "11月1日"]);
    expect([en.month("2026-11"), zh.month("2026-11")]).toEqual(["November 2026", "2026年11月"]);
    expect(en.day("gone")).toBe("gone");
  });

  it("tell the hour by the team's clocks, midnight as 00", () => {
    expect(en.hour("2026-11-21T16:00:00.000Z", "Asia/Shanghai")).toBe("00:00");
    expect(zh.hour("2026-11-21T16:00:00.000Z", "UTC")).toBe("16:00");
  });
});
