import { describe, expect, it } from "vitest";
import { makeStamp, nowMicros, StampReader } from "./clock";

describe("StampReader", () => {
  it("finds every stamp of a piece, inside any framing", () => {
    const piece = `data: {"delta":"${makeStamp(123_456_789)}${makeStamp(123_456_999)}"}\n\n`;
    expect(new StampReader().take(piece)).toEqual([123_456_789, 123_456_999]);
  });

  it("finds a stamp once, wherever the stream is cut", () => {
    const text = `data: ${makeStamp(987_654_321)}and ${makeStamp(987_654_322)}`;
    for (let cut = 0; cut <= text.length; cut++) {
      const reader = new StampReader();
      const found = [...reader.take(text.slice(0, cut)), ...reader.take(text.slice(cut))];
      expect(found).toEqual([987_654_321, 987_654_322]);
    }
  });

  it("does not take the gap between two stamps for a stamp", () => {
    expect(new StampReader().take("~3jk2h1a~abcdef~3jk2h1b~")).toHaveLength(2);
  });
});

describe("nowMicros", () => {
  it("never goes back", () => {
    const before = nowMicros();
    expect(nowMicros()).toBeGreaterThanOrEqual(before);
  });
});
