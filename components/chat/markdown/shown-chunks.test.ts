import { describe, expect, it } from "vitest";
import { addChunks, noWaitingChunks, showNextChunk } from "./shown-chunks";

describe("the chunks of a long answer", () => {
  it("all show at once when they are few", () => {
    expect(addChunks(noWaitingChunks, 5)).toEqual({ from: 0, to: 0, count: 5 });
  });

  it("show from the end of the answer to its beginning, one by one", () => {
    let waiting = addChunks(noWaitingChunks, 100);
    expect(waiting).toEqual({ from: 0, to: 95, count: 100 });
    waiting = showNextChunk(waiting);
    expect(waiting).toEqual({ from: 0, to: 94, count: 100 });
    for (let shown = 0; shown < 200; shown += 1) waiting = showNextChunk(waiting);
    expect(waiting).toEqual({ from: 0, to: 0, count: 100 });
  });

  it("stay shown while the answer grows by a few", () => {
    let waiting = addChunks(noWaitingChunks, 3);
    for (let count = 4; count < 60; count += 1) waiting = addChunks(waiting, count);
    expect(waiting.to - waiting.from).toBe(0);
  });

  it("wait when very many come at once, after those that show already", () => {
    expect(addChunks(addChunks(noWaitingChunks, 4), 100)).toEqual({ from: 4, to: 95, count: 100 });
  });

  it("start over with another text", () => {
    expect(addChunks(addChunks(noWaitingChunks, 100), 2)).toEqual({ from: 0, to: 0, count: 2 });
  });
});
