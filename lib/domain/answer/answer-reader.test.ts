import { describe, expect, it } from "vitest";
import { AnswerReader } from "./answer-reader";
import type { AnswerDelta } from "./think-tags";

function read(deltas: AnswerDelta[], mostCharacters?: number) {
  const reader = new AnswerReader(mostCharacters);
  const parts = [...deltas.flatMap((delta) => reader.push(delta)), ...reader.end()];
  const join = (type: string) =>
    parts
      .filter((part) => part.type === type)
      .map((part) => part.delta)
      .join("");
  return { text: join("text"), reasoning: join("reasoning"), isFull: reader.isFull };
}

const text = (...deltas: string[]) => deltas.map((delta) => ({ type: "text" as const, delta }));

describe("AnswerReader", () => {
  it("joins the halves of a character, also with a thought in between", () => {
    expect(read(text("a \ud83d", "\ude00 b")).text).toBe("a 😀 b");
    const between = { type: "reasoning" as const, delta: "hm \ud83d" };
    const rest = { type: "reasoning" as const, delta: "\ude80" };
    expect(read([...text("a \ud83d"), between, ...text("\ude00"), rest])).toMatchObject({
      text: "a 😀",
      reasoning: "hm 🚀",
    });
  });

  it("replaces a half that stays alone, and drops NUL", () => {
    expect(read(text("a \ud83d", " b\u0000", "\ude00", "\ud83d")).text).toBe("a � b��");
    expect(read(text("a\u0000b", "\u0000")).text).toBe("ab");
  });

  it("takes thoughts out of tags that are cut anywhere", () => {
    expect(read(text("<th", "ink>so</thi", "nk>", "it is"))).toMatchObject({
      reasoning: "so",
      text: "it is",
    });
  });

  it("ends at its bound, thoughts included", () => {
    const given = [{ type: "reasoning" as const, delta: "12345" }, ...text("6789", "0abc", "def")];
    expect(read(given, 10)).toEqual({ reasoning: "12345", text: "67890", isFull: true });
    expect(read(text("short"), 10).isFull).toBe(false);
  });
});
