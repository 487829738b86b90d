import { describe, expect, it } from "vitest";
import { ThinkTagSplitter } from "./think-tags";

function split(deltas: string[]) {
  const splitter = new ThinkTagSplitter();
  const parts = [...deltas.flatMap((delta) => splitter.push(delta)), ...splitter.end()];
  const join = (type: string) =>
    parts
      .filter((part) => part.type === type)
      .map((part) => part.delta)
      .join("");
  return { reasoning: join("reasoning"), text: join("text") };
}

describe("ThinkTagSplitter", () => {
  const whole = "<think>\nFirst, a < b.\n</think>\n\nThe answer is <think>4</think>.";

  it("gives the same result however the deltas are cut", () => {
    const expected = { reasoning: "\nFirst, a < b.\n", text: "The answer is <think>4</think>." };
    expect(split([whole])).toEqual(expected);
    expect(split(Array.from(whole))).toEqual(expected);
    for (let size = 2; size < 12; size++) {
      const pieces = whole.match(new RegExp(`[\\s\\S]{1,${String(size)}}`, "g")) ?? [];
      expect(split(pieces)).toEqual(expected);
    }
  });

  it("leaves an answer without the tag untouched, its leading space included", () => {
    expect(split(["  <", "b> is a tag"])).toEqual({ reasoning: "", text: "  <b> is a tag" });
  });

  it("loses nothing when the stream ends inside", () => {
    expect(split(["<think>half a thou", "ght</thi"])).toEqual({
      reasoning: "half a thought</thi",
      text: "",
    });
    expect(split(["<thi"])).toEqual({ reasoning: "", text: "<thi" });
  });
});
