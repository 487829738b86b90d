import { describe, expect, it } from "vitest";
import { db } from "../db/client";
import { stopLiveAnswer } from "../generations/hub";
import { useSummaries } from "../summaries/testing-summaries";
import { lastOf, readChunks } from "./testing-turns";

const summaries = useSummaries();
const { turns, useModel, submit, begin, tell, say, summaryRequests, chatRequests } = summaries;

const words = "with some words around it ".repeat(20);
const systemOf = () => chatRequests().at(-1)?.messages[0]?.content ?? "";

/** A conversation that is longer than its model's window from now on, and has no summary yet. */
async function beginTooLong(model: string): Promise<string> {
  const id = await begin(20);
  await tell(id, 1, 8, words);
  expect(summaryRequests()).toEqual([]);
  await useModel(model);
  await db().model.updateMany({ data: { contextWindow: 2_000 } });
  return id;
}

describe("a turn that would forget messages no summary stands for", () => {
  it("waits for the summary, says so, and sends it", async () => {
    const id = await beginTooLong("sums");
    const { chunks } = await say(id, "What was FACT-1?");
    const said = chunks.flatMap((chunk) =>
      chunk.type === "start" || chunk.type === "message-metadata"
        ? [chunk.messageMetadata.isSummarising]
        : [],
    );
    expect(said).toContain(true);
    expect(lastOf(chunks).isSummarising).toBe(false);
    expect(systemOf()).toContain("FACT-1");
    expect(lastOf(chunks).status).toBe("complete");
  });

  it("goes on without it when it fails, with what fits", async () => {
    const id = await beginTooLong("sums-cut");
    const { end } = await say(id, "What was FACT-1?");
    expect(end.status).toBe("complete");
    expect(systemOf()).not.toContain("They spoke of");
    expect(summaryRequests()).toHaveLength(1);
    // Nor is it waited for again right away.
    await say(id, "And what was FACT-2?");
    expect(summaryRequests()).toHaveLength(1);
  });

  it("does not wait for more once it is stopped, and asks no model", async () => {
    const id = await beginTooLong("sums-slow");
    const before = chatRequests().length;
    const reading = readChunks(await submit(id, "What was FACT-1?"));
    await summaries.untilAsked();
    await stopLiveAnswer(turns.actor, id);
    expect(lastOf(await reading).status).toBe("stopped");
    expect(chatRequests()).toHaveLength(before);
    await summaries.releaseAll();
    // What was begun is kept for the next turn.
    expect(await summaries.findSummaries(id)).not.toEqual([]);
  });

  it("does not wait while everything fits, or where the summary is off", async () => {
    const id = await begin(20);
    await tell(id, 1, 8, words);
    const { chunks } = await say(id, "And now?");
    const kinds = chunks.flatMap((chunk) =>
      chunk.type === "start" || chunk.type === "message-metadata"
        ? [chunk.messageMetadata.isSummarising ?? false]
        : [],
    );
    expect(kinds).not.toContain(true);
  });
});
