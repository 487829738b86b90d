import { describe, expect, it } from "vitest";
import { parametersSchema } from "@/lib/contracts/parameters";
import { addStop, readStop, showStop, stopLimits } from "./stop-text";

describe("a stop sequence", () => {
  it("is typed with escapes for what has no key", () => {
    expect(readStop(String.raw`\n\nHuman:`)).toBe("\n\nHuman:");
    expect(readStop(String.raw`a\\nb`)).toBe(String.raw`a\nb`);
    expect(readStop(String.raw`50\%`)).toBe(String.raw`50\%`);
  });

  it.each(["\n\n", "\t", "结束", String.raw`\n`, "a\\", "\r\n", " "])(
    "%j can be read again as it is shown",
    (stop) => {
      expect(readStop(showStop(stop))).toBe(stop);
    },
  );

  it("is added once, and only while there is room", () => {
    expect(addStop([], "")).toEqual([]);
    expect(addStop(["END"], "END")).toEqual(["END"]);
    expect(addStop(["a", "b", "c", "d"], "e")).toEqual(["a", "b", "c", "d"]);
    const stops = addStop(["a", "b", "c"], "x".repeat(200));
    expect(stops).toHaveLength(stopLimits.count);
    expect(parametersSchema.safeParse({ stop: stops }).success).toBe(true);
  });
});
