import { describe, expect, it } from "vitest";
import { makeRuler } from "../tokens/ruler";
import { findOutputRoom, findSlack } from "./output-room";
import { findReplyRoom } from "./reply-room";

const exact = makeRuler("gpt-4o");
const estimated = makeRuler("some-model");
const parts = { system: 0, tools: 0, files: 0, summary: 0, history: 0, draft: 0, free: 0 };

describe("the limit of an answer", () => {
  it.each([
    [500, 100_000],
    [2_000, 400],
    [8_000, 100_000],
    [128_000, 4_096],
    [2_000_000, 64_000],
  ])(
    "leaves a prompt that fills a window of %s its place, should we count too low",
    (window, wanted) => {
      for (const [ruler, low] of [
        [exact, 1.015],
        [estimated, 1.08],
      ] as const) {
        const reply = findReplyRoom(window, wanted, null);
        const slack = findSlack({ window, reply, ruler, sendsReasoning: false });
        for (const part of [1, 0.5, 0.01]) {
          const inputTokens = Math.floor((window - reply - slack) * part);
          const room = findOutputRoom({ window, inputTokens, parts: { ...parts, reply } }, ruler);
          expect(room).toBeGreaterThanOrEqual(reply);
          expect(inputTokens * low + Math.min(wanted, room ?? 0)).toBeLessThanOrEqual(window);
        }
      }
    },
  );

  it("is nobody's matter where the window is unknown", () => {
    const room = { window: null, reply: 4_096, ruler: estimated, sendsReasoning: false };
    expect(findSlack(room)).toBe(0);
    expect(
      findOutputRoom({ window: null, inputTokens: 10, parts: { ...parts, reply: 1 } }, estimated),
    ).toBeNull();
  });
});
