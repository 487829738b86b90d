import { describe, expect, it } from "vitest";
import { splitIntoRounds } from "../context/split-into-rounds";
import type { BranchPoint } from "./branch-point";
import { countOlder, findDue } from "./find-due";

/** So many rounds, of a question and an answer each. */
const roundsOf = (count: number, tokens = 10): BranchPoint[] =>
  Array.from({ length: count * 2 }, (_, at) => ({
    id: String(at),
    role: at % 2 === 0 ? "user" : "assistant",
    tokens: tokens / 2,
    isStreaming: false,
    isExcluded: false,
  }));

const exclude = (points: BranchPoint[], count: number) =>
  points.map((point, at) => ({ ...point, isExcluded: at < count }));

describe("findDue", () => {
  it("waits until half as many rounds as stay word for word are older", () => {
    expect(findDue(roundsOf(14), { rounds: 10 })).toBe(0);
    expect(findDue(roundsOf(15), { rounds: 10 })).toBe(10);
    expect(findDue(roundsOf(2), { rounds: 1 })).toBe(0);
    expect(findDue(roundsOf(3), { rounds: 1 })).toBe(4);
  });

  it("waits for fewer rounds where they are long", () => {
    expect(findDue(roundsOf(11, 499), { rounds: 10 })).toBe(0);
    expect(findDue(roundsOf(11, 502), { rounds: 10 })).toBe(2);
  });

  it("counts neither the round that is being written nor rounds that are left out", () => {
    const live = [...roundsOf(3), ...roundsOf(1)].map((point, at) => ({
      ...point,
      id: String(at),
      isStreaming: at === 7,
    }));
    expect(findDue(live, { rounds: 2 })).toBe(0);
    expect(findDue(exclude(roundsOf(4), 2), { rounds: 2 })).toBe(0);
    expect(findDue(exclude(roundsOf(5), 2), { rounds: 2 })).toBe(6);
  });

  it("takes in at once what the last turn had no room for", () => {
    expect(findDue(roundsOf(5), { rounds: 10, keepFromId: "4" })).toBe(4);
    expect(findDue(roundsOf(5), { rounds: 10, keepFromId: "0" })).toBe(0);
    expect(findDue(roundsOf(5), { rounds: 10, keepFromId: "elsewhere" })).toBe(0);
    // Nothing of it would go into a summary.
    expect(findDue(exclude(roundsOf(5), 4), { rounds: 10, keepFromId: "4" })).toBe(0);
  });

  it("makes room for half of what was sent before the next turn would not fit", () => {
    const points = roundsOf(5, 100);
    expect(findDue(points, { rounds: 10, keepFromId: "0", freeTokens: 100 })).toBe(0);
    expect(findDue(points, { rounds: 10, keepFromId: "0", freeTokens: 99 })).toBe(4);
    expect(findDue(points, { rounds: 10, keepFromId: "4", freeTokens: 0 })).toBe(6);
    expect(findDue(roundsOf(1, 100), { rounds: 10, freeTokens: 0 })).toBe(0);
  });

  it("is nothing where there is nothing", () => {
    expect(findDue([], { rounds: 10, freeTokens: 0, keepFromId: "a" })).toBe(0);
  });
});

describe("countOlder", () => {
  it("says how many messages lie before the last rounds", () => {
    expect(countOlder(splitIntoRounds(roundsOf(3)), 1)).toBe(4);
    expect(countOlder(splitIntoRounds(roundsOf(3)), 3)).toBe(0);
  });
});
