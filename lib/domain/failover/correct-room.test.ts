import { describe, expect, it } from "vitest";
import { correctRoom } from "./correct-room";

const sent = { inputTokens: 6_000, files: 0, reply: 2_000, window: 8_000 };

describe("after a refusal, a prompt is planned", () => {
  it("within the window that was named, in the tokens that the model counts", () => {
    const [first] = correctRoom(sent, { limit: 4_096, promptTokens: 9_000 });
    expect(first).toMatchObject({ window: 4_096, reply: null });
    expect(first?.scale).toBeCloseTo(1.53);
  });

  it("within the window that was known, where a larger one is named", () => {
    expect(correctRoom(sent, { limit: 9_000 })[0]).toMatchObject({ window: 8_000, scale: 1 });
    const unknown = { ...sent, window: null };
    expect(correctRoom(unknown, { limit: 9_000 })[0]).toMatchObject({ window: 9_000 });
  });

  it("without images in the comparison, which are counted in another way", () => {
    const shown = { ...sent, files: 4_000 };
    expect(correctRoom(shown, { limit: 8_000, promptTokens: 8_000 })[0]?.scale).toBeCloseTo(2.04);
  });

  it("a quarter shorter, where nothing is named or it changes nothing", () => {
    const silent = correctRoom(sent, {});
    expect(silent).toEqual([{ window: 6_000, reply: 1_500, scale: 1 }]);
    expect(correctRoom(sent, { limit: 8_000 }).at(-1)).toEqual(silent[0]);
  });

  it("by no figure that cannot be", () => {
    expect(correctRoom(sent, { promptTokens: 60_000 })).toHaveLength(1);
    expect(correctRoom(sent, { promptTokens: 600 })).toHaveLength(1);
    expect(correctRoom(sent, { limit: 0 })).toHaveLength(1);
  });
});
